package org.carelog.events;

/** What a record turned out to be. */
public sealed interface Decoded {

    /** One of our events. */
    record Event(ResourceChanged event) implements Decoded {}

    /** Something else, which no consumer may take for an event, a delete least of all. */
    record Unreadable(Reason reason) implements Decoded {}

    /** Why a record is not one of our events. */
    enum Reason {
        NULL_VALUE,
        HEADER_MISSING,
        SPEC_VERSION_UNKNOWN,
        TYPE_UNKNOWN,
        SUBJECT_INVALID,
        SEQUENCE_INVALID,
        TIME_INVALID
    }
}
