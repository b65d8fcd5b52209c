package org.carelog.audit.disclosure;

import java.util.Optional;

/**
 * Some consecutive events that a group was handed. Pure.
 *
 * @param kind what is known of it
 * @param first the first offset
 * @param end the offset behind the last
 */
record Disclosure(Kind kind, long first, long end) {
    enum Kind {
        /** It has noted that it has them. */
        CONSUMED("consumed"),
        /** It was not seen before: it has them at most, since nobody knows where it began. */
        FIRST_SEEN("first-seen"),
        /** It has gone back before them: it may be handed them again. */
        MOVED_BACK("moved-back");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * What happened when a group that was at one place is at another one; empty: nothing.
     *
     * @param committed the offset that it goes on from
     */
    static Optional<Disclosure> between(long noted, long committed) {
        if (committed == noted) {
            return Optional.empty();
        }
        return Optional.of(
                committed > noted
                        ? new Disclosure(Kind.CONSUMED, noted, committed)
                        : new Disclosure(Kind.MOVED_BACK, committed, noted));
    }

    /** The same of a group that was nowhere yet. */
    static Optional<Disclosure> firstSeen(long earliest, long committed) {
        return committed > earliest
                ? Optional.of(new Disclosure(Kind.FIRST_SEEN, earliest, committed))
                : Optional.empty();
    }
}
