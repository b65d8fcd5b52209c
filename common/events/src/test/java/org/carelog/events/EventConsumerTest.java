package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceConfigurationError;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.carelog.events.ParkedEvents.Redriven;
import org.carelog.testing.CuttableWire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(EventsResource.class)
class EventConsumerTest {
    private static final String TOPIC = "trial";
    private static final int MORE_THAN_ITS_ATTEMPTS = 12;

    private final String channel = "channel-" + UUID.randomUUID();
    private final String anna = UUID.randomUUID().toString();
    private final String bert = UUID.randomUUID().toString();
    private final String id = "e-" + UUID.randomUUID();
    private final String other = "o-" + UUID.randomUUID();
    private long offset;

    @Inject
    EventConsumer consumer;

    @Inject
    ParkedEvents parked;

    @Inject
    TrialProjection projection;

    @Inject
    ParkedRecords records;

    CuttableWire wire;

    @AfterEach
    void allIsWell() {
        projection.mend();
        wire.mend();
    }

    @Test
    void twiceLateAndAfterTheDeletionChangeNothing() {
        // Given
        consume(event(anna, id, 1), event(anna, id, 2), deletion(anna, id, 3));
        assertThat(projection.state(id)).isEqualTo("3 deleted after 3 changes");

        // When
        consume(event(anna, id, 1), event(anna, id, 1));
        consume(deletion(anna, id, 3));
        consume(event(anna, id, 2));

        // Then
        assertThat(projection.state(id)).isEqualTo("3 deleted after 3 changes");
        assertThat(parkedOf()).isEmpty();
    }

    @Test
    void whateverComesHoweverOftenTheLatestVersionStands() {
        for (long seed = 0; seed < 40; seed++) {
            // Given
            Random random = new Random(seed);
            String resource = "r-" + UUID.randomUUID();
            int latest = 1 + random.nextInt(8);
            List<ConsumerRecord<String, byte[]>> deliveries = new ArrayList<>();
            for (int version = 1; version <= latest; version++) {
                for (int times = 0; times <= random.nextInt(3); times++) {
                    deliveries.add(event(anna, resource, version));
                }
            }
            Collections.shuffle(deliveries, random);

            // When
            for (int from = 0; from < deliveries.size(); ) {
                int to = Math.min(deliveries.size(), from + 1 + random.nextInt(4));
                consume(deliveries.subList(from, to).toArray(ConsumerRecord[]::new));
                from = to;
            }

            // Then
            assertThat(projection.state(resource)).as("seed %d", seed).startsWith(latest + " after");
        }
    }

    @Test
    void anEventThatAlwaysFailsIsParkedAndItsKeyHeldWhileOthersFlow() {
        // Given
        projection.fail(id + "/2");

        // When
        consume(event(anna, id, 1), event(anna, id, 2), event(bert, other, 1), event(anna, id, 3));
        consume(event(bert, other, 2), event(anna, id, 4));

        // Then
        assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
        assertThat(projection.state(other)).isEqualTo("2 after 2 changes");
        assertThat(parkedOf())
                .extracting(
                        ParkedEvent::reason,
                        event -> event.detail().orElse(""),
                        event -> event.key().orElse(""))
                .containsExactly(
                        tuple("HANDLER_FAILED", IllegalArgumentException.class.getName(), anna),
                        tuple("KEY_HELD", "", anna),
                        tuple("KEY_HELD", "", anna));
        assertThat(projection.attempts(id + "/3")).isLessThanOrEqualTo(1);
    }

    /** Such as code of the event's type that is not there, or cannot be initialized. */
    static Stream<Error> errorsOfTheEvent() {
        return Stream.of(
                new StackOverflowError(),
                new NoClassDefFoundError(),
                new ExceptionInInitializerError(),
                new AssertionError(),
                new ServiceConfigurationError("secret of the record"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheEvent")
    void anErrorThatAnEventBringsAboutParksItWhileOthersFlow(Error error) {
        // When
        consumer.consume(channel, batch(event(anna, id, 1), event(bert, other, 1)), events -> {
            projection.apply(events);
            if (events.stream().anyMatch(event -> event.resourceId().equals(id))) {
                throw error;
            }
        });

        // Then
        assertThat(projection.state(id)).isEqualTo("nothing");
        assertThat(projection.state(other)).isEqualTo("1 after 1 changes");
        assertThat(parkedOf())
                .extracting(ParkedEvent::reason, event -> event.detail().orElse(""))
                .containsExactly(tuple("HANDLER_FAILED", error.getClass().getName()));
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheEvent")
    void anErrorInARedriveLeavesTheEventParked(Error error) {
        // Given
        projection.fail(id + "/1");
        consume(event(anna, id, 1));

        // When
        Redriven redriven = parked.redrive(channel, anna, events -> {
            throw error;
        });

        // Then
        assertThat(redriven).isEqualTo(new Redriven(0, 1));
    }

    static Stream<Error> errorsOfTheMachine() {
        return Stream.of(new OutOfMemoryError(), new InternalError());
    }

    /** The event has no part in it: the service has to end, and whoever starts it again gets the event again. */
    @ParameterizedTest
    @MethodSource("errorsOfTheMachine")
    void anErrorOfTheMachineParksNothingAndIsNotHeldBack(Error error) {
        // When
        assertThatThrownBy(() -> consumer.consume(channel, batch(event(anna, id, 1), event(bert, other, 1)), events -> {
                    projection.apply(events);
                    throw error;
                }))
                // Then
                .isSameAs(error);
        assertThat(projection.attempts(id + "/1")).isEqualTo(1);
        assertThat(projection.state(id)).isEqualTo("nothing");
        assertThat(parkedOf()).isEmpty();
    }

    @Test
    void aFailingEventIsTriedFourTimes() {
        // Given
        projection.fail(id + "/1");

        // When
        consume(event(anna, id, 1));

        // Then
        assertThat(projection.attempts(id + "/1")).isEqualTo(4);
        assertThat(projection.state(id)).isEqualTo("nothing");
    }

    @Test
    void whatFailsForAWhileOnlyIsApplied() {
        // Given
        int[] failures = {2};

        // When
        consumer.consume(channel, batch(event(anna, id, 1)), events -> {
            if (failures[0]-- > 0) {
                throw new IllegalStateException();
            }
            projection.apply(events);
        });

        // Then
        assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
        assertThat(parkedOf()).isEmpty();
    }

    @Test
    void aRedriveAppliesInOrderAndReleasesTheKey() {
        // Given
        projection.fail(id + "/1");
        consume(event(anna, id, 1), event(anna, id, 2));
        projection.mend();

        // When
        Redriven redriven = parked.redrive(channel, anna, projection::apply);

        // Then
        assertThat(redriven).isEqualTo(new Redriven(2, 0));
        assertThat(projection.state(id)).isEqualTo("2 after 2 changes");
        consume(event(anna, id, 3));
        assertThat(projection.state(id)).isEqualTo("3 after 3 changes");
        assertThat(parkedOf()).isEmpty();
    }

    @Test
    void aRedriveStopsAtTheFirstThatStillFails() {
        // Given
        projection.fail(id + "/1");
        projection.fail(id + "/2");
        consume(event(anna, id, 1), event(anna, id, 2), event(anna, id, 3));
        projection.mend();
        projection.fail(id + "/2");

        // When
        Redriven redriven = parked.redrive(channel, anna, projection::apply);

        // Then
        assertThat(redriven).isEqualTo(new Redriven(1, 2));
        assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
    }

    @Test
    void aDiscardGivesUpOneEventAndTheRestMayBeDrivenOn() {
        // Given
        projection.fail(id + "/1");
        consume(event(anna, id, 1), event(anna, id, 2));

        // When
        Optional<ParkedEvent> discarded = parked.discard(parkedOf().getFirst().id());

        // Then
        assertThat(discarded).isPresent();
        assertThat(parked.redrive(channel, anna, projection::apply)).isEqualTo(new Redriven(1, 0));
        assertThat(projection.state(id)).isEqualTo("2 after 1 changes");
        assertThat(parked.discard(-1)).isEmpty();
    }

    @Test
    void aRecordWithoutAValueIsNoDeletion() {
        // Given
        consume(event(anna, id, 1));

        // When
        consume(record(anna, event(anna, id, 2).headers(), null), event(anna, id, 3));

        // Then
        assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
        assertThat(parkedOf()).extracting(ParkedEvent::reason).containsExactly("NULL_VALUE", "KEY_HELD");
        assertThat(parked.redrive(channel, anna, projection::apply)).isEqualTo(new Redriven(0, 2));
        parked.discard(parkedOf().getFirst().id());
        assertThat(parked.redrive(channel, anna, projection::apply)).isEqualTo(new Redriven(1, 0));
    }

    @Test
    void aRecordWithoutAKeyIsParkedAndHoldsNothing() {
        // When
        consume(record(null, new RecordHeaders(), new byte[] {1}), event(anna, id, 1));

        // Then
        assertThat(parkedOf()).extracting(ParkedEvent::reason).containsExactly("HEADER_MISSING");
        assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
    }

    @Test
    void aParkedRecordThatComesAgainIsParkedOnce() {
        // Given
        projection.fail(id + "/1");
        ConsumerRecord<String, byte[]> poison = event(anna, id, 1);
        consume(poison);

        // When
        consume(poison);

        // Then
        assertThat(parkedOf()).hasSize(1);
    }

    @Test
    void channelsHoldTheirKeysEachForItself() {
        // Given
        projection.fail(id + "/1");
        consume(event(anna, id, 1));
        projection.mend();

        // When
        consumer.consume("another", batch(event(anna, id, 1)), projection::apply);

        // Then
        assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
    }

    @Test
    void whatWasParkedIsApplicableJustAsItCame() {
        // Given
        List<ResourceChanged> seen = new ArrayList<>();
        projection.fail(id + "/1");
        ConsumerRecord<String, byte[]> poison = event(anna, id, 1);
        consume(poison);

        // When
        parked.redrive(channel, anna, seen::addAll);

        // Then
        ResourceChanged sent = ((Decoded.Event) Envelope.decode(poison)).event();
        assertThat(seen).usingRecursiveFieldByFieldElementComparator().containsExactly(sent);
    }

    @Test
    void withoutTheDatabaseItWaitsAndParksNothing() throws Exception {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            // Given
            wire.cut();

            // When
            Future<?> consuming = executor.submit(() -> consume(event(anna, id, 1), event(anna, id, 2)));
            await().until(() -> wire.refused() >= MORE_THAN_ITS_ATTEMPTS);
            assertThat(consuming.isDone()).isFalse();
            wire.mend();

            // Then
            consuming.get();
            assertThat(projection.state(id)).isEqualTo("2 after 2 changes");
            assertThat(parkedOf()).isEmpty();
        }
    }

    /** Nothing of the event brings it about, however often it happens. */
    @Test
    void aDatabaseThatIsGoneWheneverItIsToCommitParksNothing() {
        // Given
        AtomicInteger commits = new AtomicInteger();

        // When
        consumer.consume(channel, batch(event(anna, id, 1)), events -> {
            projection.apply(events);
            if (commits.incrementAndGet() < 7) {
                cutOff();
            }
        });

        // Then
        assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
        assertThat(parkedOf()).isEmpty();
    }

    /** What goes wrong with the database, whatever it says, parks nothing either: it did not take the parked event. */
    @Test
    void whatCannotBeParkedIsTriedAgain() {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            // Given
            AtomicInteger failures = new AtomicInteger();

            // When
            consumer.consume(channel, batch(event(anna, id, 1)), events -> {
                if (failures.incrementAndGet() <= 5) {
                    if (failures.get() == 4) {
                        cut(executor);
                    }
                    throw new IllegalStateException();
                }
                projection.apply(events);
            });

            // Then
            assertThat(projection.state(id)).isEqualTo("1 after 1 changes");
            assertThat(parkedOf()).isEmpty();
        }
    }

    private void cutOff() {
        try {
            wire.cut();
            wire.mend();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDatabaseThatGoesInTheMiddleOfABatchLosesNothing() throws IOException {
        // Given
        boolean[] cut = {false};

        // When
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            consumer.consume(channel, batch(event(anna, id, 1), event(anna, id, 2), event(bert, other, 1)), events -> {
                projection.apply(events);
                if (events.stream().anyMatch(event -> event.version() == 2) && !cut[0]) {
                    cut[0] = true;
                    cut(executor);
                }
            });
        }

        // Then
        assertThat(projection.state(id)).isEqualTo("2 after 2 changes");
        assertThat(projection.state(other)).isEqualTo("1 after 1 changes");
        assertThat(parkedOf()).isEmpty();
    }

    @Test
    void whoStopsLeavesTheRestForTheNextTime() throws IOException {
        // Given
        EventConsumer stopping = new EventConsumer(records, new ConsumerMeters(new SimpleMeterRegistry()));
        wire.cut();
        stopping.stop(null);

        // When
        assertThatThrownBy(() -> stopping.consume(channel, batch(event(anna, id, 1)), projection::apply))
                .isInstanceOf(IllegalStateException.class);

        // Then
        wire.mend();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(projection.state(id)).isEqualTo("nothing"));
        assertThat(parkedOf()).isEmpty();
    }

    private void cut(ExecutorService executor) {
        try {
            wire.cut();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        executor.submit(() -> {
            await().until(() -> wire.refused() >= MORE_THAN_ITS_ATTEMPTS);
            wire.mend();
        });
    }

    @SafeVarargs
    private void consume(ConsumerRecord<String, byte[]>... records) {
        consumer.consume(channel, batch(records), projection::apply);
    }

    private List<ParkedEvent> parkedOf() {
        return parked.list(1000).stream()
                .filter(event -> event.channel().equals(channel))
                .toList();
    }

    @SafeVarargs
    private static ConsumerRecords<String, byte[]> batch(ConsumerRecord<String, byte[]>... records) {
        return new ConsumerRecords<>(Map.of(new TopicPartition(TOPIC, 0), List.of(records)), Map.of());
    }

    private ConsumerRecord<String, byte[]> event(String key, String resource, long version) {
        return changed(key, resource, version, version == 1 ? Change.CREATED : Change.UPDATED);
    }

    private ConsumerRecord<String, byte[]> deletion(String key, String resource, long version) {
        return changed(key, resource, version, Change.DELETED);
    }

    private ConsumerRecord<String, byte[]> changed(String key, String resource, long version, Change change) {
        ProducerRecord<String, byte[]> sent = Envelope.encode(
                TOPIC,
                key,
                new ResourceChanged(
                        Envelope.idOf("urn:carelog:trial", "Encounter", resource, version),
                        "urn:carelog:trial",
                        "Encounter",
                        resource,
                        version,
                        change,
                        Instant.parse("2026-11-24T08:30:00Z"),
                        OverlappingWriters.content(resource, version)));
        return record(key, sent.headers(), sent.value());
    }

    private ConsumerRecord<String, byte[]> record(String key, Headers headers, byte[] value) {
        return new ConsumerRecord<>(
                TOPIC, 0, offset++, 0L, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }
}
