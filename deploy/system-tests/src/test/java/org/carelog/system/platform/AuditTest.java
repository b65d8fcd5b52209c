package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What compliance staff, and an auditor, do at the command line. */
@Order(3)
@ExtendWith(RunningSystem.class)
class AuditTest {

    @TempDir
    Path directory;

    @Test
    void whoOpenedWhatIsToldExportedAndProved(Carelog carelog) throws Exception {
        // Given
        assertThat(carelog.run("demo").exitCode()).isZero();

        // When
        Result table = carelog.run("audit", "--user", "clinician", "--since", "1d");
        Result csv = carelog.run("audit", "--user", "clinician", "--since", "1d", "--format", "csv");
        Path export = export(carelog, "--user", "clinician");
        Result verify = carelog.run("verify", export.toString());

        // Then
        assertThat(table.out()).contains("clinician", "Patient/");
        assertThat(csv.out()).startsWith("time,user,client,address,service,action,outcome,patient,records,trace\r\n");
        assertThat(verify.exitCode()).as("%s", verify).isZero();
        assertThat(verify.out()).contains("nothing that matches was left out");
    }

    @Test
    void anExportWithoutOneOfItsRowsIsWrong(Carelog carelog) throws Exception {
        // Given
        Path export = export(carelog);
        List<String> lines = Files.readAllLines(export);
        lines.remove(1);
        Files.write(export, lines);

        // When
        Result verify = carelog.run("verify", export.toString());

        // Then
        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.err()).startsWith("WRONG: leaf 0: ");
    }

    @Test
    void theWholeLedgerIsWhatItWas(Carelog carelog) {
        // When
        Result ledger = carelog.run("verify", "--ledger");

        // Then
        assertThat(ledger.exitCode()).as("%s", ledger).isZero();
        assertThat(ledger.out()).contains("AuditEvents are what they were", "on the topic are those of the ledger");
    }

    @Test
    void anExportIsSignedByTheWitnessToo(Carelog carelog) throws Exception {
        // Given
        Path log = carelog.data().resolve("checkpoints/log.vkey");
        Path witness = carelog.data().resolve("witness/witness.vkey");
        Path both = Files.writeString(directory.resolve("both"), Files.readString(log) + Files.readString(witness));

        // When
        Path export = export(carelog, "--user", "clinician");

        // Then
        Result verify = carelog.run("verify", export.toString(), "--keys", both.toString());
        assertThat(verify.exitCode()).as("%s", verify).isZero();
    }

    @Test
    void historyAndJournalSayTheSame(Carelog carelog) {
        // When
        Result reconcile = carelog.run("audit", "reconcile", "--full");

        // Then
        assertThat(reconcile.exitCode()).as("%s", reconcile).isZero();
        assertThat(reconcile.out())
                .containsPattern("patient-service +1 to \\d+")
                .contains("encounter-service");
    }

    @Test
    void complianceFindsWhatAnEngineWasHandedAndWhoWasRefused(Carelog carelog) throws Exception {
        // Given
        assertThat(carelog.run("demo").exitCode()).isZero();
        String group = "integration-engine-" + UUID.randomUUID();
        String stranger = "stranger-" + UUID.randomUUID();

        // When
        carelog.done("consume", "carelog.patient.changed.v1", "--from-beginning", "--max", "1", "--group", group);
        logIn(carelog, stranger);

        // Then
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(told(carelog, "integration-engine"))
                        .contains("first-seen,ok,,carelog.patient.changed.v1 partition=", "group=" + group));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(told(carelog, stranger)).contains("client-login-error,client_not_found"));
    }

    private static String told(Carelog carelog, String user) {
        return carelog.run("audit", "--user", user, "--since", "1d", "--format", "csv")
                .out();
    }

    private static void logIn(Carelog carelog, String client) throws Exception {
        String form = "grant_type=client_credentials&client_secret=guessed&client_id=" + client;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/realms/carelog/protocol/openid-connect/token"
                                .formatted(carelog.port(8180))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    /** As soon as the log has its first checkpoint. */
    private Path export(Carelog carelog, String... of) {
        Path export = directory.resolve("export.ndjson");
        String[] command = Stream.concat(Stream.of("audit", "--export", export.toString()), Stream.of(of))
                .toArray(String[]::new);
        await().atMost(Duration.ofMinutes(1)).until(() -> carelog.run(command).exitCode() == 0);
        return export;
    }
}
