package org.carelog.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Name-based UUIDs, version 5 of <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.5">RFC 9562</a>: the same
 * name gives the same UUID, for ever and on every machine.
 */
final class NameUuid {
    /** Frozen: another name space would give every event of the past another id. */
    private static final UUID NAME_SPACE = UUID.fromString("5f0c8f0e-6a41-4f8a-9d57-3c1f5b7e2a90");

    private NameUuid() {}

    static UUID of(String name) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAME_SPACE.getMostSignificantBits())
                .putLong(NAME_SPACE.getLeastSignificantBits())
                .flip());
        ByteBuffer halves = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = halves.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
        long low = halves.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
