package org.carelog.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {

    private static final String PATIENT = "11111111-0000-4000-8000-000000000001";
    private static final String ENCOUNTER = "22222222-0000-4000-8000-000000000002";

    @TempDir
    Path files;

    private FhirServerInTheTest server;
    private Load load;

    @BeforeEach
    void start() throws Exception {
        server = new FhirServerInTheTest();
        load = new Load(server.client(), 16, new Progress(new PrintStream(OutputStream.nullOutputStream()), false));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void patientsAreSentBeforeEncountersWhateverTheOrderInTheFile() throws Exception {
        // Given
        write("a.json", bundle(encounter(), patient()));

        // When
        LoadSummary summary = run();

        // Then
        assertThat(server.order).containsExactly("Patient/" + PATIENT, "Encounter/" + ENCOUNTER);
        assertThat(summary.loaded()).isEqualTo(2);
        assertThat(summary.refused()).isZero();
    }

    @Test
    void whatRefersToItsOwnPassIsSentAgainWhenThatIsThere() throws Exception {
        // Given
        server.needs.put("Patient/p1", "Patient/p150");
        server.needs.put("Patient/p150", "Patient/p300");
        write("a.ndjson", patients(300));

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.refused()).isZero();
        assertThat(server.stored).hasSize(300);
        assertThat(server.order).containsSubsequence("Patient/p300", "Patient/p150");
    }

    @Test
    void whatIsRefusedKeepsNoOtherFromBeingLoaded() throws Exception {
        // Given
        server.always.put(
                "Patient/p7",
                new FhirServerInTheTest.Answer(400, "{\"issue\":[{\"code\":\"value\",\"diagnostics\":\"not so\"}]}"));
        server.always.put("Patient/p8", new FhirServerInTheTest.Answer(413, "{}"));
        write("a.ndjson", patients(50));

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.loaded()).isEqualTo(48);
        assertThat(load.refusals().lines())
                .containsExactlyInAnyOrder(
                        "refused 1: Patient 400 value: not so (Patient/p7)",
                        "refused 1: Patient 413 no reason given (Patient/p8)");
    }

    @Test
    void whatRefersToNothingIsRefusedInTheEnd() throws Exception {
        // Given
        server.needs.put("Patient/a", "Patient/nowhere");
        write("a.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":\"Patient\",\"id\":\"b\"}\n");

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.loaded()).isOne();
        assertThat(load.refusals().lines()).singleElement().asString().contains("422", "Patient/a");
    }

    @Test
    void aConditionalReferenceBecomesWhatTheFilesKnowByIt() throws Exception {
        // Given
        write("a.ndjson", """
                {"resourceType":"Encounter","id":"e","participant":[{"individual":{"reference":"Practitioner?identifier=urn:npi|99"}},\
                {"individual":{"reference":"Practitioner?identifier=urn:npi|unknown"}}]}
                {"resourceType":"Practitioner","id":"p","identifier":[{"system":"urn:npi","value":"99"}]}
                """);

        // When
        run();

        // Then
        assertThat(server.stored.get("Encounter/e"))
                .contains("\"Practitioner/p\"", "\"Practitioner?identifier=urn:npi|unknown\"");
    }

    @Test
    void aReferenceByUrnBecomesTypeAndIdAndOthersStay() throws Exception {
        // Given
        write("a.json", bundle(encounter(), patient()));

        // When
        run();

        // Then
        assertThat(server.stored.get("Encounter/" + ENCOUNTER))
                .contains("\"subject\":{\"reference\":\"Patient/" + PATIENT + "\"}")
                .contains("{\"reference\":\"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999\"}")
                .contains("{\"reference\":\"Organization/o1\"}")
                .contains("{\"reference\":\"urn:uuid:99999999-0000-4000-8000-000000000009\"}")
                .contains("\"value\":\"urn:uuid:" + PATIENT + "\"");
    }

    @Test
    void typesThatTheServerDoesNotListAreCountedAndNotSent() throws Exception {
        // Given
        write("a.json", bundle(patient(), observation("o1"), observation("o2"), claim()));

        // When
        LoadSummary summary = run();

        // Then
        assertThat(load.notHosted()).hasToString("Observation 2, Claim 1");
        assertThat(summary.loaded()).isEqualTo(1);
        assertThat(server.stored).containsOnlyKeys("Patient/" + PATIENT);
    }

    @Test
    void linesOfNdjsonAreResources() throws Exception {
        // Given
        write(
                "a.ndjson",
                "{\"resourceType\":\"Patient\",\"id\":\"p1\"}\n{\"resourceType\":\"Patient\",\"id\":\"p2\"}\n\n");

        // When
        run();

        // Then
        assertThat(server.stored).containsOnlyKeys("Patient/p1", "Patient/p2");
    }

    @Test
    void decimalsKeepTheirDigitsAndTextItsCharacters() throws Exception {
        // Given
        String json =
                "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"extension\":[{\"valueDecimal\":1.500}],\"name\":[{\"family\":\"Ångström ☃\"}]}";
        write("a.json", json);

        // When
        run();

        // Then
        assertThat(server.stored.get("Patient/p1")).isEqualTo(json);
    }

    @Test
    void anEntryWithoutAnIdIsSentUnderTheUuidOfItsFullUrl() throws Exception {
        // Given
        write("a.json", bundle(entry("urn:uuid:" + PATIENT, "{\"resourceType\":\"Patient\",\"active\":true}")));

        // When
        run();

        // Then
        assertThat(server.stored.get("Patient/" + PATIENT)).contains("\"id\":\"" + PATIENT + "\"");
    }

    @Test
    void aResourceWithNoIdAtAllIsRefused() throws Exception {
        // Given
        write("a.json", "{\"resourceType\":\"Patient\",\"active\":true}");

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.refused()).isEqualTo(1);
        assertThat(load.refusals().lines()).singleElement().asString().contains("no id");
    }

    @Test
    void refusalsAreGroupedByReasonWithTheFirstReferences() throws Exception {
        // Given
        for (int i = 1; i <= 5; i++) {
            server.always.put(
                    "Patient/p" + i,
                    new FhirServerInTheTest.Answer(
                            422,
                            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"invariant\",\"diagnostics\":\"not good\"}]}"));
        }
        write("a.ndjson", patients(6));

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.loaded()).isEqualTo(1);
        assertThat(summary.refused()).isEqualTo(5);
        assertThat(load.refusals().lines())
                .singleElement()
                .asString()
                .startsWith("refused 5: Patient 422 invariant: not good (Patient/p")
                .endsWith(", …)");
    }

    @Test
    void tooManyRequestsAndUnavailableAreTriedAgain() throws Exception {
        // Given
        server.next.addAll(List.of(429, 503, 503));
        write("a.ndjson", patients(1));

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.loaded()).isEqualTo(1);
        assertThat(summary.refused()).isZero();
    }

    @Test
    void aServerThatStaysUnavailableStopsTheLoad() throws Exception {
        // Given
        server.always.put("Patient/p1", new FhirServerInTheTest.Answer(503, "{}"));
        write("a.ndjson", patients(1));

        // When
        // Then
        assertThatThrownBy(this::run).isInstanceOf(LoadStoppedException.class).hasMessageContaining("does not answer");
    }

    @Test
    void anExpiredTokenIsReplaced() throws Exception {
        // Given
        write("a.ndjson", patients(40));
        server.validToken = 2;

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.loaded()).isEqualTo(40);
        assertThat(server.tokensGiven).hasValue(2);
    }

    @Test
    void noMoreThanTheGivenNumberIsSentAtOnce() throws Exception {
        // Given
        write("a.ndjson", patients(500));

        // When
        run();

        // Then
        assertThat(server.stored).hasSize(500);
        assertThat(server.mostAtOnce.get()).isBetween(2, 16);
    }

    @Test
    void aFileThatIsNotJsonIsRefusedByLineAndTheOthersAreLoaded() throws Exception {
        // Given
        write("a.json", "{\"resourceType\":\"Patient\",\n\"id\":\"secret-name\" oops");
        write("b.ndjson", patients(1));

        // When
        LoadSummary summary = run();

        // Then
        assertThat(summary.loaded()).isEqualTo(1);
        assertThat(load.refusals().lines())
                .singleElement()
                .asString()
                .contains("not JSON at line 2")
                .doesNotContain("secret-name");
    }

    private LoadSummary run() throws Exception {
        return load.run(FhirFiles.under(List.of(files)));
    }

    private void write(String name, String content) throws Exception {
        Files.writeString(files.resolve(name), content);
    }

    private static String patients(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj("{\"resourceType\":\"Patient\",\"id\":\"p%d\"}\n"::formatted)
                .collect(Collectors.joining());
    }

    private static String bundle(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static String entry(String fullUrl, String resource) {
        return "{\"fullUrl\":\"%s\",\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"x\"}}"
                .formatted(fullUrl, resource);
    }

    private static String patient() {
        return entry("urn:uuid:" + PATIENT, "{\"resourceType\":\"Patient\",\"id\":\"%s\"}".formatted(PATIENT));
    }

    private static String encounter() {
        return entry("urn:uuid:" + ENCOUNTER, """
                {"resourceType":"Encounter","id":"%s","subject":{"reference":"urn:uuid:%s"},
                 "identifier":[{"value":"urn:uuid:%s"}],
                 "participant":[{"individual":{"reference":"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999"}}],
                 "serviceProvider":{"reference":"Organization/o1"},
                 "diagnosis":[{"condition":{"reference":"urn:uuid:99999999-0000-4000-8000-000000000009"}}]}""".formatted(ENCOUNTER, PATIENT, PATIENT));
    }

    private static String observation(String id) {
        return entry("urn:uuid:" + id, "{\"resourceType\":\"Observation\",\"id\":\"%s\"}".formatted(id));
    }

    private static String claim() {
        return entry("urn:uuid:c", "{\"id\":\"c\",\"resourceType\":\"Claim\",\"item\":[{\"sequence\":1}]}");
    }
}
