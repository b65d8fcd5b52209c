package org.carelog.local.platform;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where the system as a whole stands. */
public enum Phase {
    STARTING,
    /** Everything was ready once, and whatever dies is started again. */
    UP,
    STOPPING,
    STOPPED,
    /** It did not start. */
    FAILED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
