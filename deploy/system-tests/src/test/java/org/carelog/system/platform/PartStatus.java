package org.carelog.system.platform;

/** What {@code ./carelog status --json} says of a part. */
public record PartStatus(String name, String state, long pid, int port, int restarts) {

    public boolean isReady() {
        return state.equals("ready") && pid > 0;
    }
}
