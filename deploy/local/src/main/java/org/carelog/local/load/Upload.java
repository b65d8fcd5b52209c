package org.carelog.local.load;

/** How sending one resource ended. */
sealed interface Upload {

    /** The server has it: 200 or 201. */
    record Loaded() implements Upload {}

    /** The server said no, and why. */
    record Refused(int status, String reason) implements Upload {}

    /** The server does not have what the resource refers to; perhaps that is on its way. */
    record Early(int status, String reason) implements Upload {}

    /** No answer, or "later", until the time for trying again was used up. */
    record Unavailable(String reason) implements Upload {}
}
