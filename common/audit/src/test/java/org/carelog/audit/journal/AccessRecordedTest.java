package org.carelog.audit.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRecordedTest {
    private static final byte[] ENTRY = AccessJson.encode(Samples.aRead());
    private static final byte[] START = Chain.start("patient-service");
    private static final AccessRecorded FIRST =
            new AccessRecorded("patient-service", 1, START, Chain.next(START, 1, ENTRY), ENTRY);

    /** A contract: readers of all versions find these headers. */
    @Test
    void theRecordIsACloudEventInBinaryMode() {
        // When
        ProducerRecord<String, byte[]> record = FIRST.toRecord("topic");

        // Then
        assertThat(record.key()).isEqualTo("patient-service");
        assertThat(record.value()).isEqualTo(ENTRY);
        assertThat(headers(record))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "1",
                        "ce_source", "urn:carelog:patient-service",
                        "ce_type", "org.carelog.access.recorded.v1",
                        "ce_sequence", "1",
                        "ce_previoushash", HexFormat.of().formatHex(START),
                        "ce_hash", HexFormat.of().formatHex(FIRST.hash()),
                        "content-type", "application/json"));
    }

    @Test
    void whatIsSentIsReceived() {
        // When
        AccessRecorded received =
                AccessRecorded.of(received(FIRST.toRecord("topic"))).orElseThrow();

        // Then
        assertThat(received).usingRecursiveComparison().isEqualTo(FIRST);
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3",
        "ce_type, org.carelog.access.recorded.v2",
        "ce_source, patient-service",
        "ce_source, urn:carelog:",
        "ce_sequence, 0",
        "ce_sequence, -1",
        "ce_sequence, 9999999999999999999",
        "ce_hash, abc",
        "ce_previoushash, ''"
    })
    void aRecordOfAnotherFormIsNone(String header, String value) {
        // Given
        ProducerRecord<String, byte[]> record = FIRST.toRecord("topic");
        record.headers().remove(header).add(header, value.getBytes(UTF_8));

        // When / Then
        assertThat(AccessRecorded.of(received(record))).isEmpty();
    }

    @Test
    void aRecordWithoutAValueIsNone() {
        assertThat(AccessRecorded.of(new ConsumerRecord<>("topic", 0, 0, "patient-service", (byte[]) null)))
                .isEmpty();
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> record) {
        ConsumerRecord<String, byte[]> received =
                new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(received.headers()::add);
        return received;
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
