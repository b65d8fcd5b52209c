package org.carelog.audit.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessJsonTest {
    private static final UUID ID = UUID.fromString("0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b");
    private static final Access SEARCH = search().build();
    private static final Access NOBODY = new AccessBuilder()
            .id(ID)
            .at(Instant.EPOCH)
            .interaction("unknown")
            .method("GET")
            .status(401)
            .build();

    private static final Access NOTICED = new AccessBuilder()
            .id(ID)
            .at(Instant.EPOCH)
            .interaction("disclosure")
            .method("OffsetCommit")
            .agent(new Agent("", "engine-1", "engine", List.of()))
            .networkAddress("192.0.2.7")
            .requestId(ID.toString())
            .operation("consumed")
            .details(Map.of("topic", "carelog.patient.changed.v1"))
            .build();

    private static final Access BY_TOKEN = new AccessBuilder()
            .id(ID)
            .at(Instant.EPOCH)
            .interaction("read")
            .method("GET")
            .agent(new Agent("sub-1", "clinician", "clinical-app", List.of("clinician"), "onrtac:7f3c"))
            .build();
    private static final Access TRACED = search().traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .build();

    private static AccessBuilder search() {
        return new AccessBuilder()
                .id(ID)
                .at(Instant.parse("2026-11-24T08:30:00Z"))
                .interaction("search-type")
                .method("GET")
                .agent(Samples.CLINICIAN)
                .networkAddress("192.0.2.7")
                .requestId("request-1")
                .entities(List.of(new Entity("Patient", "p1", 2L, "p1"), new Entity("Organization", "o1", null, null)))
                .query("name=M%C3%BCller&x=\"\\\u0000")
                .resourceType("Patient");
    }

    /** The form is a contract: entries in old ledgers must be read for ever. */
    @Test
    void theFormIsThePublishedOne() {
        // When
        byte[] json = AccessJson.encode(SEARCH);

        // Then
        assertThat(new String(json, UTF_8)).isEqualTo("""
                {"id":"0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b","at":"2026-11-24T08:30:00Z","interaction":"search-type",\
                "resourceType":"Patient","method":"GET","status":200,"requestId":"request-1",\
                "networkAddress":"192.0.2.7","agent":{"subject":"7c0b8f6e-1111-4222-8333-444455556666",\
                "name":"clinician","client":"clinical-app","roles":["clinician"]},\
                "query":"name=M%C3%BCller&x=\\"\\\\\\u0000",\
                "entities":[{"type":"Patient","id":"p1","version":2,"patient":"p1"},\
                {"type":"Organization","id":"o1"}]}""");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(AccessJson.decode(AccessJson.encode(SEARCH))).contains(SEARCH);
        assertThat(AccessJson.decode(AccessJson.encode(NOBODY))).contains(NOBODY);
        assertThat(AccessJson.decode(AccessJson.encode(NOTICED))).contains(NOTICED);
        assertThat(AccessJson.decode(AccessJson.encode(BY_TOKEN))).contains(BY_TOKEN);
        assertThat(AccessJson.decode(AccessJson.encode(TRACED))).contains(TRACED);
    }

    @Test
    void whichTokenItWasIsWithWhoAsked() {
        assertThat(new String(AccessJson.encode(BY_TOKEN), UTF_8))
                .contains("\"roles\":[\"clinician\"],\"tokenId\":\"onrtac:7f3c\"}");
    }

    @Test
    void whatIsOfATraceHasItBesideItsId() {
        assertThat(new String(AccessJson.encode(TRACED), UTF_8))
                .contains(
                        "\"requestId\":\"request-1\",\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\",\"networkAddress\"");
    }

    @Test
    void whatWasNoticedHasItsDetailsAtTheEnd() {
        assertThat(new String(AccessJson.encode(NOTICED), UTF_8))
                .contains("\"operation\":\"consumed\"")
                .endsWith(",\"details\":{\"topic\":\"carelog.patient.changed.v1\"}}");
    }

    @Test
    void fieldsOfALaterVersionAreSkipped() {
        // Given
        String json = new String(AccessJson.encode(SEARCH), UTF_8)
                .replace("\"method\"", "\"purpose\":{\"code\":[1,{\"a\":2}]},\"method\"")
                .replace("\"client\"", "\"issuer\":[\"x\"],\"client\"")
                .replace("\"patient\"", "\"labels\":{},\"patient\"");

        // When / Then
        assertThat(AccessJson.decode(json.getBytes(UTF_8))).contains(SEARCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"id\":1}",
                "{\"id\":\"no uuid\",\"at\":\"2026-11-24T08:30:00Z\",\"interaction\":\"read\",\"method\":\"GET\"}",
                "{\"id\":\"0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b\",\"at\":\"yesterday\"}"
            })
    void whatIsNoAccessIsNone(String json) {
        assertThat(AccessJson.decode(json.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void theTextFormTellsNothingButTheId() {
        assertThat(SEARCH).hasToString("Access[0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b]");
    }
}
