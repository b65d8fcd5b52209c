package org.carelog.audit.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carelog.audit.ExportCalls;
import org.carelog.audit.checkpoint.SignedNow;
import org.carelog.audit.checkpoint.Signing;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SigningKey;
import org.carelog.testing.ServiceResource;
import org.carelog.verify.Verify;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to the tables of the ledger, or to what is searched of it, is found, and where: as long as all of it is there, and
 * when its oldest months were given up. Of each mutation some in the suite; {@code -Dcarelog.mutations=1000} for more,
 * half as many in the second.
 */
@QuarkusTest
@TestProfile(LedgerAtRest.class)
@QuarkusTestResource(ServiceResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LedgerMutationTest {
    private static final int CASES = Integer.getInteger("carelog.mutations", 40);
    private static final long SEED = Long.getLong("carelog.mutations.seed", 7);
    private static final String RETENTION = "/$ledger-retention?before=";

    @Inject
    LedgerUnderAttack ledger;

    @Inject
    MerkleLog log;

    @Inject
    Signing signing;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @Test
    @Order(1)
    void everyMutationIsFoundAndLocated() {
        ledger.build(50);
        assertThat(ledger.gone()).isZero();
        mutate(CASES);
    }

    @Test
    @Order(2)
    void monthsThatAreGivenUpGoAndEveryProofStays() throws IOException {
        // Given
        ledger.clock("now()");
        long size = log.size();
        Hash root = log.tree().root(size);

        // When
        as("administrator").post(RETENTION + "2015-03-01").then().statusCode(200);
        await().until(() -> log.size() == size + 2);
        SignedNow.sign(signing);
        int months = number("select count(*)::int from ledger_drop()");
        int events = number("select ledger_drop_events(10)");
        while (number("select ledger_drop_events(10)") > 0) {
            events += 10;
        }

        // Then
        assertThat(months).isEqualTo(2);
        assertThat(events).isPositive();
        assertThat(ledger.gone()).isPositive();
        assertThat(log.tree()
                        .consistency(size, log.size())
                        .proves(root, log.tree().root(log.size())))
                .isTrue();
        ledger.keep();
        assertThat(ledger.findings(ledger.kept())).isEmpty();
    }

    @Test
    @Order(3)
    void whatIsDoneToTheRestOrToHashesOfWhatIsGoneIsFoundAsWell() {
        mutate(CASES / 2);
    }

    @Test
    @Order(4)
    void anExportSaysWhatWasGivenUp() throws IOException {
        // When
        List<String> lines = ExportCalls.export(Map.of("user", "user-1"));

        // Then
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(told, true, UTF_8);
        SigningKey key = SigningKey.of("carelog/audit", SignatureType.ED25519, new byte[32]);
        int exit = new Verify(out, out)
                .run(List.of(
                        Files.write(directory.resolve("export"), lines).toString(),
                        "--keys",
                        Files.writeString(directory.resolve("keys"), key + "\n").toString()));
        assertThat(exit).as(told::toString).isZero();
        assertThat(told.toString(UTF_8))
                .contains("given up  the %d leaves before, of before 2015-03-01".formatted(ledger.gone()));
    }

    @Test
    @Order(5)
    void whatIsYoungStaysAndOnlyAnAdministratorGivesUp() {
        as("administrator")
                .post(RETENTION + "2020-01-01")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("P10Y"));
        as("compliance").post(RETENTION + "2015-03-01").then().statusCode(403);
        as("administrator").get(RETENTION + "2015-03-01").then().statusCode(405);
    }

    private void mutate(int cases) {
        // Given
        assertThat(ledger.findings(ledger.kept())).isEmpty();
        Map<Mutation, Integer> done = new EnumMap<>(Mutation.class);

        for (int i = 0; done.values().stream().mapToInt(Integer::intValue).sum() < cases; i++) {
            // When: half of them are edits
            Mutation mutation = i % 2 == 0 ? Mutation.EDIT : Mutation.values()[i / 2 % Mutation.values().length];
            Mutation.Expected expected = mutation.apply(ledger, random);

            // Then
            if (expected != null) {
                done.merge(mutation, 1, Integer::sum);
                List<Finding> findings = ledger.findings(expected.kept());
                assertThat(expected.isFound(findings))
                        .as(
                                "case %d: %s of %s at %s, found %s",
                                i, mutation, expected.what(), expected.leaf(), findings)
                        .isTrue();
            }
            ledger.restore();
        }
        System.out.println("mutations found and located: " + done);
        assertThat(ledger.findings(ledger.kept())).isEmpty();
    }

    private int number(String question) {
        return ledger.attacker.first(question, row -> row.getInt(1)).orElseThrow();
    }
}
