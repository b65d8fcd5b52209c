package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        assertThat(csv.out()).startsWith("time,user,client,address,service,action,outcome,patient,records\r\n");
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

    /** As soon as the log has its first checkpoint. */
    private Path export(Carelog carelog, String... of) {
        Path export = directory.resolve("export.ndjson");
        String[] command = Stream.concat(Stream.of("audit", "--export", export.toString()), Stream.of(of))
                .toArray(String[]::new);
        await().atMost(Duration.ofMinutes(1)).until(() -> carelog.run(command).exitCode() == 0);
        return export;
    }
}
