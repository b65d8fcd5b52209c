package org.carelog.events;

import java.util.List;

/** Who keeps copies of another service's resources, as a rebuild asks for it. */
public interface CopyKeeper {
    /**
     * Makes the copies what their owner says they are, in the caller's transaction. A copy that is newer already stays.
     *
     * @param current the owner's current versions, of each resource one at most
     */
    Restored restore(List<ResourceChanged> current);

    /**
     * @param written how many were missing or older here
     * @param renewed how many were here, and were searched for and found by what they hold once more
     * @param different how many are here with the same version and another content, which stays: history is not changed
     */
    record Restored(int written, int renewed, int different) {}
}
