package org.carelog.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {
    private static final String ORIGIN = "log.example/audit";
    private static final SigningKey LOG = SigningKey.of(ORIGIN, SignatureType.ED25519, new byte[32]);
    private static final SigningKey KEY = SigningKey.of("witness.example", SignatureType.COSIGNATURE, new byte[32]);
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private final Memory memory = new Memory();
    private final Witness witness = new Witness(KEY, Map.of(ORIGIN, LOG.verifier()), memory, () -> NOW);

    @Test
    void whatContinuesWhatWasSignedIsSigned() {
        // Given
        GrownTree log = GrownTree.of(7);
        ask(log, 0);
        log.grow("more ", 6);

        // When
        Witness.Answer answer = ask(log, 7);

        // Then
        assertThat(answer.status()).isEqualTo(200);
        SignedNote cosigned = SignedNote.parse((note(log) + answer.body()).getBytes(UTF_8));
        assertThat(KEY.verifier().cosigned(cosigned)).contains(NOW);
        assertThat(memory.latest(ORIGIN)).contains(log.checkpoint(ORIGIN));
    }

    @Test
    void theSameAgainIsSignedAgain() {
        // Given
        GrownTree log = GrownTree.of(7);
        ask(log, 0);

        // When / Then
        assertThat(ask(log, 7).status()).isEqualTo(200);
    }

    @Test
    void anotherOldSizeIsAnsweredWithTheRightOne() {
        // Given
        GrownTree log = GrownTree.of(7);
        ask(log, 0);
        log.grow("more ", 6);

        // When
        Witness.Answer answer = ask(log, 5);

        // Then
        assertThat(answer).isEqualTo(new Witness.Answer(409, "text/x.tlog.size", "7\n"));
        assertThat(memory.latest(ORIGIN).orElseThrow().size()).isEqualTo(7);
    }

    @Test
    void goingBackIsRefused() {
        // Given
        ask(GrownTree.of(13), 0);
        GrownTree backup = GrownTree.of(7);

        // When / Then
        assertThat(ask(backup, 7).status()).isEqualTo(409);
        assertThat(ask(backup, 0).status()).isEqualTo(409);
        assertThat(memory.latest(ORIGIN).orElseThrow().size()).isEqualTo(13);
    }

    @Test
    void anotherTreeOfTheSameSizeIsRefused() {
        // Given
        ask(GrownTree.of(7), 0);

        // When / Then
        assertThat(ask(GrownTree.of("other ", 7), 7).status()).isEqualTo(409);
    }

    @Test
    void anotherHistoryIsRefusedThoughTheLogSignedIt() {
        // Given
        GrownTree log = GrownTree.of(7);
        ask(log, 0);

        // When
        Witness.Answer answer = ask(GrownTree.of("other ", 13), 7);

        // Then
        assertThat(answer.status()).isEqualTo(422);
        assertThat(memory.latest(ORIGIN)).contains(log.checkpoint(ORIGIN));
    }

    @Test
    void whatTheLogDidNotSignIsRefused() {
        // Given
        GrownTree log = GrownTree.of(7);
        SigningKey thief = SigningKey.of(ORIGIN, SignatureType.ED25519, new byte[] {
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
        });

        // When / Then
        assertThat(witness.add(request(0, List.of(), log.checkpoint(ORIGIN).signed(thief)))
                        .status())
                .isEqualTo(403);
        assertThat(witness.add(request(
                                0, List.of(), log.checkpoint("other.example").signed(LOG)))
                        .status())
                .isEqualTo(404);
        assertThat(memory.latest(ORIGIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "old 0\n", "old -1\n\n", "old 00\n\n", "new 0\n\n", "old 0\nAAAA\n\n", "old 8\n\n"})
    void whatIsNoRequestIsRefused(String beginning) {
        // When
        Witness.Answer answer = witness.add((beginning + note(GrownTree.of(7))).getBytes(UTF_8));

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(memory.latest(ORIGIN)).isEmpty();
    }

    private Witness.Answer ask(GrownTree log, long oldSize) {
        return witness.add(request(
                oldSize,
                log.tree.consistency(oldSize, log.leaves.size()).path(),
                log.checkpoint(ORIGIN).signed(LOG)));
    }

    private static SignedNote note(GrownTree log) {
        return log.checkpoint(ORIGIN).signed(LOG);
    }

    private static byte[] request(long oldSize, List<Hash> path, SignedNote note) {
        StringBuilder request = new StringBuilder("old ").append(oldSize).append('\n');
        path.forEach(hash -> request.append(hash).append('\n'));
        return request.append('\n').append(note).toString().getBytes(UTF_8);
    }

    private static final class Memory implements WitnessStore {
        private final Map<String, Checkpoint> kept = new HashMap<>();

        @Override
        public Optional<Checkpoint> latest(String origin) {
            return Optional.ofNullable(kept.get(origin));
        }

        @Override
        public void keep(Checkpoint checkpoint) {
            kept.put(checkpoint.origin(), checkpoint);
        }
    }
}
