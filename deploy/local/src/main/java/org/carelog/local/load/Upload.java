package org.carelog.local.load;

import java.util.Map;

/** How sending resources ended. */
sealed interface Upload {

    /** The server has them: 200 or 201. */
    record Loaded() implements Upload {}

    /** The server said no, and why. */
    record Refused(int status, String reason) implements Upload {}

    /** The server does not have what the resource refers to; perhaps that is on its way. */
    record Early(int status, String reason) implements Upload {}

    /**
     * Of several sent together none is stored, since some of them were not taken.
     *
     * @param ends of those, {@link Refused} or {@link Early}, by their places
     */
    record InPart(Map<Integer, Upload> ends) implements Upload {}

    /** No answer, or "later", until the time for trying again was used up. */
    record Unavailable(String reason) implements Upload {}
}
