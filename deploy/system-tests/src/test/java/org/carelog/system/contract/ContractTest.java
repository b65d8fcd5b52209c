package org.carelog.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;
import org.carelog.system.platform.RunningSystem;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The running broker is as the AsyncAPI document says, and so is everything that is on it. */
@Order(3)
@ExtendWith(RunningSystem.class)
class ContractTest {

    @Test
    void theTopicsAreThoseOfTheDocument(Carelog carelog) throws Exception {
        // Given
        Map<String, JsonNode> channels = new AsyncApi(carelog).channels();
        try (Admin admin = Admin.create(KafkaLogin.asAdministrator(carelog))) {
            // When
            Set<String> topics = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith("carelog."))
                    .collect(Collectors.toSet());

            // Then
            assertThat(topics).isEqualTo(channels.keySet());
            for (Map.Entry<String, JsonNode> channel : channels.entrySet()) {
                JsonNode kafka = channel.getValue().at("/bindings/kafka");
                assertThat(partitions(admin, channel.getKey()))
                        .isEqualTo(kafka.path("partitions").asInt());
                Config config = config(admin, channel.getKey());
                assertThat(kafka.path("topicConfiguration").properties())
                        .isNotEmpty()
                        .allSatisfy(setting -> assertThat(
                                        config.get(setting.getKey()).value())
                                .isEqualTo(
                                        setting.getValue().isArray()
                                                ? setting.getValue().path(0).asText()
                                                : setting.getValue().asText()));
            }
        }
    }

    @Test
    void everyRecordHasTheHeadersAndTheValueThatTheDocumentSays(Carelog carelog) throws Exception {
        // Given
        AsyncApi document = new AsyncApi(carelog);
        try (FhirClient fhir = new FhirClient(carelog)) {
            String patient = fhir.create("{\"resourceType\":\"Patient\"}");
            fhir.delete(fhir.create("""
                    {"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"subject":{"reference":"%s"}}""".formatted(patient)));
        }

        for (String topic : document.channels().keySet()) {
            // When
            List<ConsumerRecord<String, byte[]>> records =
                    await("records of " + topic).until(() -> records(carelog, topic), found -> !found.isEmpty());

            // Then
            Map<String, List<String>> faults = new TreeMap<>();
            records.forEach(record -> {
                List<String> its = document.faults(record);
                if (!its.isEmpty()) {
                    faults.put(record.partition() + ":" + record.offset(), its);
                }
            });
            assertThat(faults).as(topic).isEmpty();
            System.out.printf("%s: %d records are as the document says%n", topic, records.size());
        }
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    private static Config config(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }

    private static List<ConsumerRecord<String, byte[]>> records(Carelog carelog, String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                KafkaLogin.asAdministrator(carelog), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
