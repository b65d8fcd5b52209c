package org.carelog.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.audit.SealedEntries.MORNING;
import static org.carelog.audit.SealedEntries.access;
import static org.carelog.audit.SealedEntries.clinician;
import static org.carelog.audit.SealedEntries.newId;
import static org.carelog.audit.SealedEntries.patient;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.carelog.audit.checkpoint.SignedNow;
import org.carelog.audit.checkpoint.Signing;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SigningKey;
import org.carelog.testing.ServiceResource;
import org.carelog.verify.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported, held by the auditor's program against the log's public key alone. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class LedgerExportTest {
    private static final String EXPORT = ExportCalls.EXPORT;
    /** As the deployment of these tests has it. */
    private static final SigningKey KEY = SigningKey.of("carelog/audit", SignatureType.ED25519, new byte[32]);

    @Inject
    Signing signing;

    @TempDir
    Path directory;

    private final SealedEntries entries = new SealedEntries();
    private final String patientId = newId();
    private final String user = newId();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void whoOpenedAChartIsProvedAndThatThisIsAll() {
        // Given
        entries.happened(
                access("read", "GET", 200, clinician(user), MORNING, patient(patientId, 1)),
                access("read", "GET", 200, clinician(user), MORNING, patient(newId(), 1)),
                access(
                        "search-type",
                        "GET",
                        200,
                        clinician("Ünknown"),
                        MORNING,
                        patient(newId(), 1),
                        patient(patientId, 3)),
                access("read", "GET", 404, clinician(user), MORNING));

        // When / Then
        await().until(() -> shown(export(Map.of("patient", patientId)), patientId) == 2);
        assertThat(told.toString(UTF_8)).contains("nothing that matches was left out");
    }

    @Test
    void whatAUserDidIsProved() {
        // Given
        entries.happened(
                access("read", "GET", 200, clinician(user), MORNING, patient(patientId, 1)),
                access("read", "GET", 404, clinician(user), MORNING));

        // When / Then
        await().until(() -> shown(export(Map.of("user", user)), user) == 2);
    }

    @Test
    void anExcerptHasWhatMatchesAndNothingElse() {
        // Given
        entries.happened(
                access("read", "GET", 200, clinician(user), MORNING, patient(patientId, 1)),
                access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));

        // When / Then
        await().until(() ->
                shown(export(Map.of("user", user, "excerpt", "true", "since", "2026-11-24T08:00:00Z")), user) == 1);
        assertThat(told.toString(UTF_8)).contains("NOT that nothing was left out");
    }

    @Test
    void whatIsNoAccessIsExportedAsItIs() {
        // Given
        entries.publish(entries.seal("no access".getBytes(UTF_8)));
        entries.happened(access("read", "GET", 200, clinician(user), MORNING));

        // When / Then
        await().until(() -> shown(export(Map.of("user", user)), "no access") > 0);
    }

    @Test
    void anEntryThatWasEditedInTheDatabaseIsFound() throws IOException {
        // Given
        entries.happened(access("read", "GET", 200, clinician(user), MORNING, patient(patientId, 1)));
        await().until(() -> shown(export(Map.of("user", user)), user) == 1);
        edit("'GET'", "'PUT'");

        // When
        int exit = verify(export(Map.of("user", user)));

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(told.toString(UTF_8))
                .matches("(?s)WRONG: leaf \\d+: its entry is not the one that the leaf commits to.*");
        edit("'PUT'", "'GET'");
    }

    @Test
    void whatWasExportedIsInTheAuditLog() throws IOException {
        // Given
        entries.happened(access("read", "GET", 200, clinician(user), MORNING, patient(patientId, 1)));
        String event = as("compliance")
                .get("/AuditEvent?site=" + entries.source)
                .jsonPath()
                .getString("entry[0].resource.id");

        // When
        await().until(() -> shown(export(Map.of("user", user)), user) == 1);

        // Then
        await().untilAsserted(() -> as("compliance")
                .get("/AuditEvent?site=audit-service&subtype=ledger-export&entity=AuditEvent/" + event)
                .then()
                .body("entry[0].resource.outcome", equalTo("0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinician", "administrator", "patient"})
    void nobodyElseExports(String name) {
        as(name).get(EXPORT).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=yesterday", "next=1", "next=999999999999.0.0", "what=ever"})
    void whatCannotBeMeantIsRefused(String parameter) {
        as("compliance")
                .get(EXPORT + "?" + parameter)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString(parameter.replaceFirst("=.*", "")));
    }

    private void edit(String from, String to) {
        asOwner(
                "update access_record set entry = convert_to(replace(convert_from(entry, 'UTF8'), %s, %s), 'UTF8') where source = '%s'"
                        .formatted(from, to, entries.source));
    }

    private List<String> export(Map<String, String> parameters) {
        SignedNow.sign(signing);
        return ExportCalls.export(parameters);
    }

    /** How many of the entries that are shown have this in them; what is shown is proved. */
    private long shown(List<String> lines, String text) throws IOException {
        assertThat(verify(lines)).as(told::toString).isZero();
        return lines.stream()
                .filter(line -> line.contains("\"entry\":"))
                .map(line -> JsonPath.from(line).getString("entry"))
                .map(entry -> new String(Base64.getDecoder().decode(entry), UTF_8))
                .filter(entry -> entry.contains(text))
                .count();
    }

    private int verify(List<String> lines) throws IOException {
        Path export = Files.write(directory.resolve("export"), lines);
        Path keys = Files.writeString(directory.resolve("keys"), KEY + "\n");
        told.reset();
        PrintStream out = new PrintStream(told, true, UTF_8);
        return new Verify(out, out).run(List.of(export.toString(), "--keys", keys.toString()));
    }
}
