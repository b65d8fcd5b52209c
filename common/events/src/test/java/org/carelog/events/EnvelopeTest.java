package org.carelog.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceChanged CREATED = new ResourceChanged(
            Envelope.idOf("urn:carelog:encounter-service", "Encounter", "e-1", 1),
            "urn:carelog:encounter-service",
            "Encounter",
            "e-1",
            1,
            Change.CREATED,
            Instant.parse("2026-11-24T08:15:30.123456Z"),
            "{}".getBytes(UTF_8));

    /**
     * Frozen: once published, a sample is read for ever, and the same event is written the same way for ever, but for headers
     * that were added since.
     */
    @ParameterizedTest
    @MethodSource("samples")
    void everySampleEverPublishedIsReadAndWrittenTheSame(Path sample) throws IOException {
        // Given
        JsonNode record = JSON.readTree(sample.toFile());
        byte[] value = JSON.writeValueAsBytes(record.get("value"));
        RecordHeaders headers = new RecordHeaders();
        Map<String, String> frozen = new TreeMap<>();
        for (Map.Entry<String, JsonNode> header : record.get("headers").properties()) {
            headers.add(header.getKey(), header.getValue().asText().getBytes(UTF_8));
            frozen.put(header.getKey(), header.getValue().asText());
        }

        // When
        Decoded decoded = Envelope.decode(headers, value);

        // Then
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Event.class, read -> {
            ResourceChanged event = read.event();
            JsonNode resource = record.get("value");
            assertThat(event.type()).isEqualTo(resource.get("resourceType").asText());
            assertThat(event.resourceId()).isEqualTo(resource.get("id").asText());
            assertThat(event.version()).isEqualTo(resource.at("/meta/versionId").asLong());
            assertThat(event.time())
                    .isEqualTo(Instant.parse(resource.at("/meta/lastUpdated").asText()));
            assertThat(event.id())
                    .isEqualTo(Envelope.idOf(event.source(), event.type(), event.resourceId(), event.version()));
            String key = record.get("key").asText();
            ProducerRecord<String, byte[]> written =
                    Envelope.encode("t", key, frozen.get("ce_partitionkey"), event, frozen.get("traceparent"));
            Map<String, String> headersWritten = texts(written.headers());
            if (!frozen.containsKey("ce_dataschema")) {
                headersWritten.remove("ce_dataschema");
            }
            assertThat(headersWritten).isEqualTo(frozen);
            assertThat(written.key()).isEqualTo(key);
            assertThat(written.value()).isEqualTo(value);
        });
    }

    static Stream<Path> samples() throws IOException {
        return Files.list(Path.of("src/test/resources/samples"));
    }

    @Test
    void headersOfALaterDayAreIgnored() {
        // Given
        Headers headers = headers();
        headers.add("ce_consent", "none".getBytes(UTF_8));
        headers.add("tracestate", null);

        // When
        Decoded decoded = Envelope.decode(headers, CREATED.content());

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Event(CREATED));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3, SPEC_VERSION_UNKNOWN",
        "ce_id, '', HEADER_MISSING",
        "ce_source, '', HEADER_MISSING",
        "ce_type, org.carelog.fhir.r4.Encounter.created.v2, TYPE_UNKNOWN",
        "ce_type, org.carelog.fhir.r4.Encounter.merged.v1, TYPE_UNKNOWN",
        "ce_type, com.example.thing, TYPE_UNKNOWN",
        "ce_subject, Patient/e-1, SUBJECT_INVALID",
        "ce_subject, Encounter/, SUBJECT_INVALID",
        "ce_subject, Encounter/a/b, SUBJECT_INVALID",
        "ce_sequence, 0, SEQUENCE_INVALID",
        "ce_sequence, -1, SEQUENCE_INVALID",
        "ce_sequence, 99999999999999999999, SEQUENCE_INVALID",
        "ce_time, yesterday, TIME_INVALID"
    })
    void aRecordThatIsNoEventOfOursSaysWhy(String header, String value, Decoded.Reason reason) {
        // Given
        Headers headers = headers();
        headers.remove(header);
        headers.add(header, value.getBytes(UTF_8));

        // When
        Decoded decoded = Envelope.decode(headers, CREATED.content());

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Unreadable(reason));
    }

    @Test
    void rawBytesAreNoEvent() {
        assertThat(Envelope.decode(new RecordHeaders(), new byte[] {0, 1, 2}))
                .isEqualTo(new Decoded.Unreadable(Decoded.Reason.HEADER_MISSING));
    }

    @Test
    void noValueIsNeverADelete() {
        assertThat(Envelope.decode(headers(), null)).isEqualTo(new Decoded.Unreadable(Decoded.Reason.NULL_VALUE));
    }

    @Test
    void anEventNeverPrintsItsContent() {
        assertThat(CREATED).hasToString("Encounter/e-1 version 1 created");
        assertThat(new Decoded.Event(CREATED).toString()).doesNotContain("{}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "Encounter, e-1, 0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f, 0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f",
                "Encounter, e-1, MRN-4711, 23c4cb01-9bc7-507f-bf6d-a09e0b0ce98e",
                "Patient, MRN-4711, MRN-4711, 23c4cb01-9bc7-507f-bf6d-a09e0b0ce98e",
                "Encounter, e-1, 0F6B2C1E-5D3A-4C8E-9B7A-1A2B3C4D5E6F, ea2a8434-0c60-5840-af6a-ee09c8a01675",
                "Organization, o-1, none, 773edff2-0ee4-558b-8d14-432071127544"
            })
    void theKeyIsAUuidThatTellsNoIdentifier(String type, String id, String patient, String key) {
        assertThat(MessageKey.of(type, id, patient)).isEqualTo(key);
    }

    private static Headers headers() {
        return Envelope.encode("t", "k", CREATED).headers();
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new TreeMap<>();
        for (Header header : headers) {
            texts.put(header.key(), new String(header.value(), UTF_8));
        }
        return texts;
    }
}
