package org.carelog.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A public Ed25519 key with a name, by which signatures of notes are checked.
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note, Verifier keys</a>
 */
public final class VerifierKey {
    private static final int KEY_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;
    /** What precedes the 32 bytes of an Ed25519 key in X.509: RFC 8410, 4. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final SignatureType type;
    private final byte[] bytes;
    private final PublicKey key;

    private VerifierKey(String name, SignatureType type, byte[] bytes) {
        NoteSignature.checkKeyName(name);
        if (bytes.length != KEY_LENGTH) {
            throw new MalformedProof("not an Ed25519 key");
        }
        this.name = name;
        this.type = type;
        this.bytes = bytes;
        byte[] encoded = ByteBuffer.allocate(X509.length + KEY_LENGTH)
                .put(X509)
                .put(bytes)
                .array();
        try {
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new MalformedProof("not an Ed25519 key");
        }
    }

    static VerifierKey of(String name, SignatureType type, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new VerifierKey(name, type, Arrays.copyOfRange(encoded, X509.length, encoded.length));
    }

    /** @param text {@code name+id+base64(type || key)} */
    public static VerifierKey parse(String text) {
        // base64 has plus signs of its own
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new MalformedProof("not a key");
        }
        byte[] typed = Text.base64(parts[2]);
        if (typed.length == 0) {
            throw new MalformedProof("not a key");
        }
        VerifierKey key =
                new VerifierKey(parts[0], SignatureType.of(typed[0]), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.toString().equals(text)) {
            throw new MalformedProof("the id is not that of the key");
        }
        return key;
    }

    public String name() {
        return name;
    }

    int id() {
        return type.keyId(name, bytes);
    }

    /** Whether there is a signature of this key under the note, and none that is forged. */
    public boolean hasSigned(SignedNote note) {
        List<NoteSignature> mine = mine(note);
        return !mine.isEmpty() && mine.stream().allMatch(signature -> verifies(note.text(), signature));
    }

    /** When this key, of a witness, cosigned the note last; empty: it did not, or a signature is forged. */
    public Optional<Instant> cosigned(SignedNote note) {
        if (type != SignatureType.COSIGNATURE || !hasSigned(note)) {
            return Optional.empty();
        }
        return mine(note).stream()
                .map(signature -> Instant.ofEpochSecond(
                        ByteBuffer.wrap(signature.signature()).getLong()))
                .max(Instant::compareTo);
    }

    private List<NoteSignature> mine(SignedNote note) {
        return note.signatures().stream()
                .filter(signature -> signature.keyName().equals(name) && signature.keyId() == id())
                .toList();
    }

    private boolean verifies(String text, NoteSignature signature) {
        byte[] given = signature.signature();
        return switch (type) {
            case ED25519 -> verifies(text.getBytes(StandardCharsets.UTF_8), given);
            case COSIGNATURE ->
                given.length == Long.BYTES + SIGNATURE_LENGTH
                        && ByteBuffer.wrap(given).getLong() >= 0
                        && verifies(
                                SignatureType.cosigned(ByteBuffer.wrap(given).getLong(), text),
                                Arrays.copyOfRange(given, Long.BYTES, given.length));
        };
    }

    private boolean verifies(byte[] message, byte[] given) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(given);
        } catch (SignatureException e) {
            // of another length, or no point of the curve
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it is published. */
    @Override
    public String toString() {
        byte[] typed =
                ByteBuffer.allocate(1 + KEY_LENGTH).put(type.code()).put(bytes).array();
        return name + "+" + HexFormat.of().toHexDigits(id()) + "+" + Text.base64(typed);
    }
}
