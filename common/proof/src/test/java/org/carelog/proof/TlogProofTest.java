package org.carelog.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {
    private static final String ORIGIN = "log.example/audit";
    private static final SigningKey LOG = SigningKey.of(ORIGIN, SignatureType.ED25519, new byte[32]);

    private final GrownTree log = GrownTree.of(13);
    private final TlogProof proof = new TlogProof(
            Optional.of("YQ=="),
            log.tree.inclusion(5, 13),
            log.checkpoint(ORIGIN).signed(LOG));

    @Test
    void aProofIsCheckedWithTheKeyAlone() {
        // When
        TlogProof read = TlogProof.parse(proof.toString().getBytes(UTF_8));

        // Then
        assertThat(read).hasToString(proof.toString());
        assertThat(read.toString()).startsWith("c2sp.org/tlog-proof@v1\nextra YQ==\nindex 5\n");
        assertThat(read.proves(log.leaves.get(5), LOG.verifier())).isTrue();
        assertThat(read.proves(log.leaves.get(6), LOG.verifier())).isFalse();
    }

    @Test
    void aCheckpointOfAnotherLogProvesNothing() {
        // Given
        SigningKey other = SigningKey.of("other.example", SignatureType.ED25519, new byte[32]);

        // When
        TlogProof forged = new TlogProof(
                Optional.empty(), proof.inclusion(), log.checkpoint(ORIGIN).signed(other));

        // Then
        assertThat(forged.proves(log.leaves.get(5), LOG.verifier())).isFalse();
        assertThat(forged.proves(log.leaves.get(5), other.verifier())).isFalse();
    }

    @Test
    void noByteOfAProofCanBeChanged() {
        // Given
        byte[] bytes = new TlogProof(Optional.empty(), proof.inclusion(), proof.checkpoint())
                .toString()
                .getBytes(UTF_8);

        for (int i = 0; i < bytes.length; i++) {
            // When
            byte[] changed = bytes.clone();
            changed[i] ^= 2;

            // Then
            assertThat(isProof(changed)).as("byte %d changed", i).isFalse();
        }
    }

    private boolean isProof(byte[] bytes) {
        try {
            return TlogProof.parse(bytes).proves(log.leaves.get(5), LOG.verifier());
        } catch (MalformedProof e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v2\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n"
            })
    void whatIsNoProofIsRefused(String beginning) {
        byte[] bytes = (beginning + proof.checkpoint()).getBytes(UTF_8);
        assertThatThrownBy(() -> TlogProof.parse(bytes)).isInstanceOf(MalformedProof.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "origin\n1\n",
                "origin\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "origin\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nmore\n"
            })
    void whatIsNoCheckpointIsRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedProof.class);
    }

    @Test
    void theCheckpointOfTheSpecificationIsRead() {
        // Given
        String text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

        // When
        Checkpoint checkpoint = Checkpoint.parse(text);

        // Then
        assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(checkpoint.size()).isEqualTo(20_852_163);
        assertThat(checkpoint.text()).isEqualTo(text);
        assertThat(Checkpoint.parse(text + "an extension\n")).isEqualTo(checkpoint);
    }
}
