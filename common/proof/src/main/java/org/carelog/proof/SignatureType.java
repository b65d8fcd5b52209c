package org.carelog.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an Ed25519 key signs of a note, and says by it. A key has one type, in its id.
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note, Signature types</a>
 */
public enum SignatureType {
    /** A log's: over the note's text. */
    ED25519(0x01),
    /** A witness's: that this was the largest tree it had seen of the log at a time, which precedes the signature. */
    COSIGNATURE(0x04);

    private final byte code;

    SignatureType(int code) {
        this.code = (byte) code;
    }

    static SignatureType of(byte code) {
        return Arrays.stream(values())
                .filter(type -> type.code == code)
                .findAny()
                .orElseThrow(() -> new MalformedProof("a key of another algorithm"));
    }

    byte code() {
        return code;
    }

    /** Of a name and a key: the first four bytes of a hash over both. */
    int keyId(String name, byte[] publicKey) {
        var digest = Hash.sha256();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(code);
        return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
    }

    /** C2SP tlog-cosignature, Ed25519 signed message. */
    static byte[] cosigned(long time, String text) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }
}
