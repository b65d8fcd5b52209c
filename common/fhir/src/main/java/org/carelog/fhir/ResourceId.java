package org.carelog.fhir;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The rules of logical ids. Those made here are UUIDs that begin with a time: what is new is together in each index, and a
 * write touches the pages that the one before it did. See <a href="https://hl7.org/fhir/R4/datatypes.html#id">FHIR R4, id</a>.
 */
public final class ResourceId {
    private static final int LONGEST = 64;
    private static final long TIME_BASED_RANDOM = 0x7000;
    private static final long OWN_LAYOUT = 0x8000;

    private ResourceId() {}

    /**
     * An id that the server assigns: a UUID of version 7 in lower case.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9562.html#section-5.7">RFC 9562, 5.7</a>
     */
    public static String assign() {
        UUID random = UUID.randomUUID();
        return ordered(
                Instant.now(), TIME_BASED_RANDOM, random.getMostSignificantBits(), random.getLeastSignificantBits());
    }

    /**
     * An id for what has a name and a time: the same for the same, for ever. A UUID of version 8 in lower case.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9562.html#section-5.8">RFC 9562, 5.8</a>
     */
    public static String of(Instant at, String name) {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return ordered(at, OWN_LAYOUT, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** Milliseconds since 1970 in 48 bits, the version, and of the rest what RFC 9562 leaves free. */
    private static String ordered(Instant at, long version, long high, long low) {
        return new UUID(
                        at.toEpochMilli() << 16 | version | high & 0x0fff,
                        low & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L)
                .toString();
    }

    /** Letters, digits, hyphens and dots, up to 64. By hand: each request, and each reference, has one. */
    public static boolean isValid(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (!isPart(id.charAt(i))) {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= LONGEST;
    }

    private static boolean isPart(char character) {
        return isLetter(character) || '0' <= character && character <= '9' || character == '-' || character == '.';
    }

    static boolean isLetter(char character) {
        return 'a' <= character && character <= 'z' || 'A' <= character && character <= 'Z';
    }

    /** Gives the id back, or refuses it with {@link FhirProblem.InvalidId}. */
    public static String require(String id) {
        if (!isValid(id)) {
            throw new FhirProblemException(new FhirProblem.InvalidId());
        }
        return id;
    }
}
