package org.carelog.fhir.search;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * 64 bits that stand for a value in an index. They are cut from SHA-256, so nobody can choose an identifier that is taken
 * for another's; that two of ten million values meet by chance has a probability of three in a million.
 */
final class ValueHash {
    /** Never fed: to copy it is quicker than to look for an algorithm with each value. */
    private static final MessageDigest SHA_256 = sha256();

    /**
     * The hashes taken last, each in the one place that it may have: most codes, systems and names come again and again. Threads see
     * each other's late or not at all, and never by halves, since what is there does not change.
     */
    private static final Known[] KNOWN = new Known[4_096];

    /** Of all parts together. Longer ones seldom come again, and would fill the memory. */
    private static final int LONGEST_KNOWN = 200;

    private record Known(String[] parts, long hash) {}

    private ValueHash() {}

    static long of(String... parts) {
        if (!isShort(parts)) {
            return computed(parts);
        }
        int place = Arrays.hashCode(parts) & (KNOWN.length - 1);
        Known known = KNOWN[place];
        if (known == null || !Arrays.equals(known.parts, parts)) {
            known = new Known(parts, computed(parts));
            KNOWN[place] = known;
        }
        return known.hash;
    }

    private static boolean isShort(String... parts) {
        int length = 0;
        for (String part : parts) {
            length += part.length();
        }
        return length <= LONGEST_KNOWN;
    }

    /** The same, and not remembered. */
    static long computed(String... parts) {
        return ByteBuffer.wrap(fresh().digest(bytes(parts))).getLong();
    }

    /** What is hashed. */
    static byte[] bytes(String... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : parts) {
            bytes.writeBytes(part.getBytes(StandardCharsets.UTF_8));
            // no byte of UTF-8, so that "a", "bc" differs from "ab", "c"
            bytes.write(0xFF);
        }
        return bytes.toByteArray();
    }

    private static MessageDigest fresh() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
