package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.carelog.testing.RealPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateRelayTest {
    private static final String ANNA = UUID.randomUUID().toString();
    private static final byte[] SMALL = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TOO_LARGE = "x".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    private RelayFixture service;
    private String topic;

    @BeforeEach
    void aServiceWithTopics() {
        service = new RelayFixture(RealPlatform.kafka(), RealPlatform.topic("carelog.trial.changed.v1"));
        topic = RealPlatform.topic("carelog.trial.state.v1");
    }

    @AfterEach
    void theServiceEnds() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theLastRecordOfEachResourceIsItsLastVersionHoweverOftenRelaysAreKilled(long seed) throws Exception {
        Random chance = new Random(seed);
        try (OverlappingWriters writers = new OverlappingWriters(service.database.dataSource(), seed, 40, 10)) {
            // Given
            service.start();
            service.startState(topic);
            service.startState(topic);

            // When
            for (int i = 0; i < 2000; i++) {
                writers.step();
                if (chance.nextInt(40) == 0) {
                    service.endSessions();
                }
            }
            writers.finish();

            // Then
            allIsPublished();
            Map<String, Long> last = new HashMap<>();
            writers.committed().forEach(write -> last.merge(write.resource(), write.version(), Math::max));
            assertThat(states()).isEqualTo(last);
            assertThat(goneBack()).isEmpty();
        }
    }

    @Test
    void whoeverWasTheOwnerBeforePublishesNothingMore() {
        // Given
        StatePublisher before = service.statePublisher(topic);
        before.publish(List.of(record(1)));
        StatePublisher now = service.statePublisher(topic);
        now.publish(List.of(record(2)));

        // When
        assertThatThrownBy(() -> before.publish(List.of(record(1)))).isInstanceOf(KafkaException.class);

        // Then
        assertThat(states()).containsExactly(Map.entry("r1", 2L));
        before.close();
        now.close();
    }

    @Test
    void whatWasThereBeforeTheTopicIsOnItToo() {
        // Given
        IntStream.rangeClosed(1, 1200).forEach(number -> service.writeUntold("r" + number, 1, SMALL));
        service.writeUntold("r1", 2, SMALL);

        // When
        service.startState(topic);

        // Then
        allIsPublished();
        assertThat(states()).hasSize(1200).containsEntry("r1", 2L).containsEntry("r1200", 1L);
    }

    @Test
    void aResourceThatIsTooLargeIsHeldWhileTheOthersFlow() {
        // Given
        IntStream.rangeClosed(1, 5).forEach(number -> service.writeUntold("r" + number, 1, SMALL));
        service.writeUntold("r3", 2, TOO_LARGE);

        // When
        StateRelay relay = service.startState(topic);

        // Then
        await().untilAsserted(() -> assertThat(states()).containsOnlyKeys("r1", "r2", "r4", "r5"));
        await().until(() -> relay.report().map(StateRelay.Report::held).orElse(0) == 1);

        // When
        service.replaceContent("r3", 2, SMALL);

        // Then
        await().untilAsserted(() -> assertThat(states()).containsEntry("r3", 2L));
    }

    @Test
    void aResourceThatIsLostIsHeldWhileTheOthersFlow() {
        // Given
        service.endWalk();
        service.mark("lost");
        IntStream.rangeClosed(1, 5).forEach(number -> {
            service.writeUntold("r" + number, 1, SMALL);
            service.mark("r" + number);
        });

        // When
        StateRelay relay = service.startState(topic);

        // Then
        await().until(() -> relay.report().map(StateRelay.Report::held).orElse(0) == 1);
        await().until(() -> service.pendingState() == 1);
        assertThat(states()).containsOnlyKeys("r1", "r2", "r3", "r4", "r5");
    }

    @Test
    void theKeyOfARecordIsTheResource() {
        // Given
        service.start();
        service.startState(topic);

        // When
        service.write("r1", 1, ANNA, SMALL);

        // Then
        allIsPublished();
        ConsumerRecord<String, byte[]> record = records().getFirst();
        assertThat(record.key()).isEqualTo(MessageKey.of("Encounter", "r1", null));
        assertThat(record.value()).isEqualTo(SMALL);
    }

    private void allIsPublished() {
        await().until(() -> service.pending() == 0 && service.pendingState() == 0);
    }

    private ProducerRecord<String, byte[]> record(long version) {
        byte[] content = OverlappingWriters.content("r1", version);
        String key = MessageKey.of("Encounter", "r1", null);
        return Envelope.encode(
                topic,
                key,
                new ResourceChanged(
                        "id", "urn:carelog:test", "Encounter", "r1", version, Change.UPDATED, Instant.EPOCH, content));
    }

    private List<ConsumerRecord<String, byte[]>> records() {
        return PublishedEvents.of(RealPlatform.kafka(), topic, "read_committed").records();
    }

    /** The version that the last record of each key has. */
    private Map<String, Long> states() {
        Map<String, ConsumerRecord<String, byte[]>> last = new HashMap<>();
        records().forEach(record -> last.put(record.key(), record));
        Map<String, Long> states = new HashMap<>();
        last.values().forEach(record -> {
            ResourceChanged event = event(record);
            states.put(event.resourceId(), event.version());
        });
        return states;
    }

    /** Records of a key that have an older version than one before, or are in another partition. */
    private List<String> goneBack() {
        Map<String, ConsumerRecord<String, byte[]>> last = new HashMap<>();
        return records().stream()
                .filter(record -> {
                    ConsumerRecord<String, byte[]> before = last.put(record.key(), record);
                    return before != null
                            && (before.partition() != record.partition()
                                    || event(before).version() > event(record).version());
                })
                .map(record -> event(record).toString())
                .toList();
    }

    private static ResourceChanged event(ConsumerRecord<String, byte[]> record) {
        return ((Decoded.Event) Envelope.decode(record)).event();
    }
}
