package org.carelog.audit.checkpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.ledger.BrokenLog;
import org.carelog.audit.ledger.Ledger;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SignedNote;
import org.carelog.proof.SigningKey;
import org.carelog.proof.VerifierKey;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.carelog.testing.TopicRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class CheckpointTest {
    /** As the deployment of these tests has it. */
    private static final SigningKey KEY = SigningKey.of("carelog/audit", SignatureType.ED25519, new byte[32]);

    @Inject
    Ledger ledger;

    @Inject
    MerkleLog log;

    @Inject
    Checkpoints checkpoints;

    @Inject
    CheckpointTopic topic;

    @Inject
    Signing signing;

    @TestHTTPResource(management = true)
    URL management;

    @TempDir
    Path directory;

    @Test
    void whatIsAddedIsSignedAndPublished() {
        // When
        add(3);

        // Then
        long size = log.size();
        await().until(() -> checkpoints.latest().map(CheckpointTest::size).orElse(0L) >= size);
        SignedNote note = checkpoints.latest().orElseThrow();
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        assertThat(KEY.verifier().hasSigned(note)).isTrue();
        assertThat(checkpoint.origin()).isEqualTo("carelog/audit");
        assertThat(checkpoint.root()).isEqualTo(log.tree().root(checkpoint.size()));
        try (TopicRecords records = new TopicRecords(ServiceUnderTest.topic("carelog.audit.checkpoint.v1"))) {
            assertThat(records.ofSubject(
                            "", record -> SignedNote.parse(record.value()).equals(note)))
                    .last()
                    .satisfies(record -> {
                        assertThat(record.key()).isEqualTo("carelog/audit");
                        assertThat(TopicRecords.header(record, "ce_id")).isEqualTo(Long.toString(checkpoint.size()));
                        assertThat(TopicRecords.header(record, "ce_type")).isEqualTo("org.carelog.audit.checkpoint.v1");
                    });
        }
    }

    @Test
    void theKeyAndTheLatestAreToldOnTheManagementPort() {
        // Given
        add(1);
        sign();

        // When
        String key = given().port(management.getPort()).get("/carelog/log.vkey").asString();
        String latest =
                given().port(management.getPort()).get("/carelog/checkpoint").asString();

        // Then
        assertThat(key).isEqualTo(KEY.verifier() + "\n");
        assertThat(KEY.verifier().hasSigned(SignedNote.parse(latest))).isTrue();
    }

    @Test
    void whatHasNothingNewIsNotSignedAgain() throws InterruptedException {
        // Given
        add(1);
        SignedNote signed = sign();

        // When
        signing.signWhatIsNew();

        // Then
        assertThat(checkpoints.latest()).contains(signed);
    }

    @Test
    void theDirectoryHasWhatWasSignedAndTheKey() throws Exception {
        // Given
        add(2);
        SignedNote first = sign();
        publishing().publishWhatIsNew();

        // When: another process goes on
        add(2);
        SignedNote last = sign();
        publishing().publishWhatIsNew();

        // Then
        assertThat(size(last)).isGreaterThan(size(first));
        String all = Files.readString(directory.resolve("checkpoints"));
        assertThat(all).startsWith(first + "\n").endsWith(last + "\n").containsOnlyOnce(first.toString());
        assertThat(SignedNote.parse(Files.readAllBytes(directory.resolve("checkpoint"))))
                .isEqualTo(last);
        assertThat(VerifierKey.parse(
                                Files.readString(directory.resolve("log.vkey")).strip())
                        .hasSigned(last))
                .isTrue();
    }

    @Test
    void aLedgerThatEndsBeforeWhatWasPublishedIsNotSigned() throws IOException {
        // Given: as of yesterday's backup
        add(1);
        new CheckpointFiles(directory, KEY.verifier())
                .add(new Checkpoint("carelog/audit", log.size() + 1000, Hash.leaf(new byte[0])).signed(KEY));

        // When / Then
        assertThatThrownBy(() -> publishing().publishWhatIsNew()).isInstanceOf(BrokenLog.class);
    }

    @Test
    void aLedgerThatIsAnotherOneIsNotSigned() {
        // Given
        add(5);
        SignedNote other = new Checkpoint("carelog/audit", 4, Hash.leaf(new byte[0])).signed(KEY);

        // When / Then
        assertThatThrownBy(() -> signing.requireContinued(other)).isInstanceOf(BrokenLog.class);
    }

    @Test
    void aCheckpointOfAnotherKeyIsNoneOfTheLog() {
        // Given
        add(1);
        SigningKey thief = SigningKey.of(
                "carelog/audit", SignatureType.ED25519, Hash.leaf(new byte[0]).bytes());
        SignedNote forged = new Checkpoint("carelog/audit", 1, log.tree().root(1)).signed(thief);

        // When / Then
        signing.requireContinued(new Checkpoint("carelog/audit", 1, log.tree().root(1)).signed(KEY));
        assertThatThrownBy(() -> signing.requireContinued(forged)).isInstanceOf(BrokenLog.class);
    }

    private void add(int count) {
        String source = "source-" + UUID.randomUUID();
        List<AccessRecorded> entries = LongStream.rangeClosed(1, count)
                .mapToObj(seq -> new AccessRecorded(source, seq, new byte[32], new byte[32], new byte[] {1}))
                .toList();
        QuarkusTransaction.requiringNew().run(() -> log.append(List.of(ledger.append(source, entries))));
    }

    /** What the service itself may be doing in this moment. */
    private SignedNote sign() {
        return await().until(
                        () -> {
                            signing.signWhatIsNew();
                            return checkpoints.latest();
                        },
                        note -> note.isPresent() && size(note.get()) == log.size())
                .orElseThrow();
    }

    private Publishing publishing() {
        return new Publishing(new TestConfig(Optional.of(directory), Optional.empty()), checkpoints, topic, signing);
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }
}
