package org.carelog.local.supervisor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a part stands. */
public enum PartState {
    /** For another part, or for its turn after it died. */
    WAITING,
    STARTING,
    READY,
    /** It runs, was ready, and does not say so now. */
    UNWELL,
    /** It was never ready, so nothing is started. */
    FAILED,
    STOPPED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
