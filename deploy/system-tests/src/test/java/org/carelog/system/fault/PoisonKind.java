package org.carelog.system.fault;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What is no event, in the four manners that consumers meet. Each has a key of its own. */
enum PoisonKind {
    RAW_BYTES,
    NO_VALUE,
    UNKNOWN_TYPE,
    TWO_MEGABYTES;

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    ProducerRecord<String, byte[]> record(String topic, String resourceType, Random random) {
        byte[] value = new byte[this == TWO_MEGABYTES ? 2_000_000 : 64];
        random.nextBytes(value);
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, id, this == NO_VALUE ? null : value);
        if (this != RAW_BYTES) {
            headers(resourceType, id)
                    .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        }
        return record;
    }

    private Map<String, String> headers(String resourceType, String id) {
        return Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                id,
                "ce_source",
                "urn:carelog:nobody",
                "ce_type",
                this == UNKNOWN_TYPE
                        ? "com.example.starship.launched.v1"
                        : "org.carelog.fhir.r4.%s.created.v1".formatted(resourceType),
                "ce_subject",
                resourceType + "/" + id,
                "ce_time",
                "2026-11-24T08:15:30.123Z",
                "ce_sequence",
                "1",
                "content-type",
                "application/fhir+json");
    }
}
