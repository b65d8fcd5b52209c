package org.carelog.audit.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash chain over a source's sequence ({@code docs/audit.md}): {@code hash(n) = SHA-256(hash(n-1) || n || entry(n))},
 * n as eight bytes, big endian; {@code hash(0)} is that of the source's name.
 */
public final class Chain {
    /** Frozen: part of every chain ever made. */
    private static final String NAME = "carelog.access.recorded.v1/";

    private Chain() {}

    /** The hash that the first entry of the source follows. */
    public static byte[] start(String source) {
        return sha256().digest((NAME + source).getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of the entry with the number {@code seq}, which follows the one with {@code previousHash}. */
    public static byte[] next(byte[] previousHash, long seq, byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(previousHash);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seq).flip());
        return digest.digest(entry);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
