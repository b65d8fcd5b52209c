package org.carelog.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /** The example of golang.org/x/mod/sumdb/note, from which the format comes. */
    private static final String PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private static final String NOTE = TEXT
            + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    @Test
    void aNoteOfAnotherImplementationIsRead() {
        // Given
        VerifierKey key = VerifierKey.parse(PUBLIC);

        // When
        SignedNote note = SignedNote.parse(NOTE.getBytes(UTF_8));

        // Then
        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(key.hasSigned(note)).isTrue();
        assertThat(note).hasToString(NOTE);
    }

    @Test
    void whatIsSignedIsWhatAnotherImplementationSigns() {
        // Given
        byte[] typed = Base64.getDecoder().decode(SECRET);
        SigningKey key =
                SigningKey.of("PeterNeumann", SignatureType.ED25519, Arrays.copyOfRange(typed, 1, typed.length));

        // When
        SignedNote note = new SignedNote(TEXT, List.of(key.sign(TEXT)));

        // Then
        assertThat(note).hasToString(NOTE);
        assertThat(key.verifier()).hasToString(PUBLIC);
        assertThat(key).hasToString(PUBLIC);
    }

    @Test
    void aTextThatWasChangedIsNotSigned() {
        // Given
        byte[] bytes = NOTE.getBytes(UTF_8);
        VerifierKey key = VerifierKey.parse(PUBLIC);

        for (int i = 0; i < bytes.length; i++) {
            // When
            byte[] changed = bytes.clone();
            changed[i] ^= 1;

            // Then
            assertThat(isSigned(key, changed)).as("byte %d changed", i).isFalse();
        }
    }

    private static boolean isSigned(VerifierKey key, byte[] note) {
        try {
            return key.hasSigned(SignedNote.parse(note));
        } catch (MalformedProof e) {
            return false;
        }
    }

    @Test
    void aSignatureOfSomebodyElseIsPassedOverAndAForgedOneIsNot() {
        // Given
        SigningKey mine = key("log.example", SignatureType.ED25519, 1);
        SigningKey other = key("log.example", SignatureType.ED25519, 2);
        NoteSignature forged = new NoteSignature(
                mine.verifier().name(), mine.verifier().id(), other.sign(TEXT).signature());

        // When
        SignedNote both = new SignedNote(TEXT, List.of(other.sign(TEXT), mine.sign(TEXT)));
        SignedNote others = new SignedNote(TEXT, List.of(other.sign(TEXT)));

        // Then
        assertThat(mine.verifier().hasSigned(both)).isTrue();
        assertThat(mine.verifier().hasSigned(others)).isFalse();
        assertThat(mine.verifier().hasSigned(both.with(forged))).isFalse();
    }

    @Test
    void aCosignatureHasItsTimeAndIsNoSignatureOfTheLog() {
        // Given
        SigningKey witness = key("witness.example", SignatureType.COSIGNATURE, 3);
        Instant time = Instant.ofEpochSecond(1_679_315_147);
        SignedNote note = new SignedNote(TEXT, List.of(witness.cosign(TEXT, time)));

        // When / Then
        assertThat(witness.verifier().cosigned(SignedNote.parse(note.bytes()))).contains(time);
        assertThat(key("witness.example", SignatureType.ED25519, 3).verifier().hasSigned(note))
                .isFalse();
        assertThatThrownBy(() -> witness.sign(TEXT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key("log.example", SignatureType.ED25519, 1).cosign(TEXT, time))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCosignatureWhoseTimeWasChangedIsForged() {
        // Given
        SigningKey witness = key("witness.example", SignatureType.COSIGNATURE, 3);
        NoteSignature signature = witness.cosign(TEXT, Instant.EPOCH);
        byte[] later = signature.signature().clone();
        later[7]++;

        // When
        SignedNote note =
                new SignedNote(TEXT, List.of(new NoteSignature(signature.keyName(), signature.keyId(), later)));

        // Then
        assertThat(witness.verifier().cosigned(note)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\n\u2014 name AAAAAAA=",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAAA\n",
                "text\n\n\u2014 na+me AAAAAAA=\n",
                "text\n\n\u2014  AAAAAAA=\n",
                "text\n\n\u2014 na\u00a0me AAAAAAA=\n",
                "text\n\n\u2014 name AAAAAAA= \n",
                "te\txt\n\n\u2014 name AAAAAAA=\n",
                "text\r\n\n\u2014 name AAAAAAA=\n"
            })
    void whatIsNoNoteIsRefused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text.getBytes(UTF_8))).isInstanceOf(MalformedProof.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name+c74f20a3",
                "name+c74f20a3+",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+AhpcWQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q="
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(MalformedProof.class);
    }

    private static SigningKey key(String name, SignatureType type, int seed) {
        byte[] bytes = new byte[SigningKey.SEED_LENGTH];
        bytes[0] = (byte) seed;
        return SigningKey.of(name, type, bytes);
    }
}
