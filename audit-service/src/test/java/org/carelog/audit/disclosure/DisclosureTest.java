package org.carelog.audit.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.carelog.audit.journal.Journal;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.Parallel;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class DisclosureTest {
    private final String topic = RealPlatform.topic("carelog.patient.changed.v1");
    private final TopicPartition partition = new TopicPartition(topic, 0);
    private String group = "integration-engine-" + UUID.randomUUID();
    private KafkaConsumer<byte[], byte[]> engine;

    @Inject
    DisclosureWatcher watcher;

    @Inject
    DisclosureConfig config;

    @Inject
    Places places;

    @Inject
    Sessions sessions;

    @Inject
    Journal journal;

    @AfterEach
    void theEngineGoes() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void whatAnEngineTookIsToldInDenseRangesWithItsSession() throws Exception {
        // Given
        published(5);
        consumed(5);
        watcher.look();
        published(3);
        consumed(3);
        String session = engine.groupMetadata().memberId();

        // When
        watcher.look();
        watcher.look();

        // Then
        assertThat(told()).containsExactly("first-seen 0-4", "consumed 5-7");
        assertThat(entries().getLast().at("/agent/client").asText()).isEqualTo("integration-engine");
        assertThat(entries().getLast().at("/details/group").asText()).isEqualTo(group);
        assertThat(entries().getLast().at("/details/session").asText()).isEqualTo(session);
        assertThat(entries().getLast().path("networkAddress").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void complianceFindsADisclosureByReaderTypeAndTopic() throws Exception {
        // Given
        published(2);
        consumed(2);

        // When
        watcher.look();

        // Then
        String search = "/AuditEvent?type=http://dicom.nema.org/resources/ontology/DCM|110106"
                + "&agent:identifier=integration-engine&agent-name=%s&entity:identifier=%s".formatted(group, topic)
                + "&subtype=urn:carelog:operation|first-seen";
        JsonPath found = await().until(() -> as("compliance").get(search).jsonPath(), json -> json.getInt("total") > 0);
        assertThat(found.getInt("total")).isOne();
        assertThat(found.getString("entry[0].resource.agent[0].altId"))
                .isEqualTo(engine.groupMetadata().memberId());
        assertThat(found.getList("entry[0].resource.entity[0].detail.type"))
                .contains("partition", "firstOffset", "lastOffset");
    }

    @Test
    void whoGoesBackIsToldOfAndThenAgainOfWhatIsReadAgain() throws Exception {
        // Given
        published(4);
        consumed(4);
        watcher.look();

        // When
        engine.seek(partition, 1);
        engine.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
        watcher.look();
        consumed(3);
        watcher.look();

        // Then
        assertThat(told()).containsExactly("first-seen 0-3", "moved-back 1-3", "consumed 1-3");
    }

    @Test
    void aGroupThatBeginsAnewUnderItsNameIsToldOfFromTheBeginning() throws Exception {
        // Given
        published(2);
        consumed(2);
        watcher.look();
        engine.close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ServiceUnderTest.kafka()))) {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        }
        watcher.look();

        // When
        engine = null;
        consumed(2);
        watcher.look();

        // Then
        assertThat(told()).containsExactly("first-seen 0-1", "first-seen 0-1");
    }

    @Test
    void ofSeveralWhoLookAtOnceOneTells() throws Exception {
        // Given
        published(3);
        consumed(3);
        watcher.look();
        published(2);
        consumed(2);

        // When
        Parallel.times(4, () -> {
            watcherOfAnotherProcess().look();
            return true;
        });

        // Then
        assertThat(told()).containsExactly("first-seen 0-2", "consumed 3-4");
    }

    @Test
    void whatCannotBeToldYetIsToldLater() throws Exception {
        // Given
        published(3);
        consumed(3);
        asOwner("revoke insert on audit_entry from " + ServiceUnderTest.runtimeRole());
        try {
            assertThatThrownBy(() -> watcher.look()).isInstanceOf(RuntimeException.class);
        } finally {
            asOwner("grant insert on audit_entry to " + ServiceUnderTest.runtimeRole());
        }

        // When
        watcher.look();

        // Then
        assertThat(told()).containsExactly("first-seen 0-2");
    }

    @Test
    void whoCommitsNothingIsToldOfAsASessionOnce() throws Exception {
        // Given
        published(2);
        taken(2);

        // When
        watcher.look();
        watcher.look();

        // Then
        assertThat(AuditEntries.all())
                .filteredOn(entry -> entry.at("/details/group").asText().equals(group))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("operation").asText()).isEqualTo("session-began");
                    assertThat(entry.at("/details/topic").asText()).isEqualTo(topic);
                    assertThat(entry.at("/details/session").asText())
                            .isEqualTo(engine.groupMetadata().memberId());
                });
    }

    @Test
    void whatOurOwnServicesReadIsNoDisclosure() throws Exception {
        // Given
        group = "encounter-service-" + UUID.randomUUID();
        published(2);
        consumed(2);

        // When
        watcher.look();

        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void aGroupOfAnyNameIsToldOf() throws Exception {
        // Given
        group = "a\u0000\n" + "é".repeat(3000);
        published(1);
        consumed(1);

        // When
        watcher.look();

        // Then
        assertThat(told()).containsExactly("first-seen 0-0");
        assertThat(entries().getFirst().at("/details/group").asText()).isEqualTo(Groups.kept(group));
    }

    private void published(int count) {
        RealPlatform.send(Collections.nCopies(count, new ProducerRecord<>(topic, 0, null, new byte[] {1})));
    }

    /** So many more, and committed. */
    private void consumed(int count) {
        taken(count);
        engine.commitSync(Map.of(partition, new OffsetAndMetadata(engine.position(partition))));
    }

    private void taken(int count) {
        if (engine == null) {
            engine = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            ServiceUnderTest.kafka(),
                            "group.id",
                            group,
                            "auto.offset.reset",
                            "earliest",
                            "enable.auto.commit",
                            "false"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            engine.subscribe(List.of(topic));
        }
        int[] taken = {0};
        await().until(() -> taken[0] += engine.poll(Duration.ofMillis(100)).count(), all -> all == count);
    }

    private DisclosureWatcher watcherOfAnotherProcess() {
        return new DisclosureWatcher(
                config,
                new Groups(config, Map.of("bootstrap.servers", ServiceUnderTest.kafka())),
                places,
                sessions,
                journal,
                new SimpleMeterRegistry());
    }

    private List<JsonNode> entries() {
        return AuditEntries.all().stream()
                .filter(entry -> entry.at("/details/topic").asText().equals(topic))
                .filter(entry -> entry.at("/details").has("partition"))
                .toList();
    }

    private List<String> told() {
        return entries().stream()
                .map(entry -> "%s %s-%s"
                        .formatted(
                                entry.path("operation").asText(),
                                entry.at("/details/firstOffset").asText(),
                                entry.at("/details/lastOffset").asText()))
                .toList();
    }
}
