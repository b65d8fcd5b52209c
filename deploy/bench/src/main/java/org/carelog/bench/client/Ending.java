package org.carelog.bench.client;

/**
 * How something ended.
 *
 * @param ending {@value #DONE}, or in a word what came instead
 * @param count what was done by it: one, or as many resources as it wrote
 * @param bytes of the answer
 */
public record Ending(String ending, int count, long bytes) {

    public static final String DONE = "done";

    public static Ending done(int count, long bytes) {
        return new Ending(DONE, count, bytes);
    }

    /** It came to nothing. */
    public static Ending failed(String how) {
        return new Ending(how, 0, 0);
    }

    boolean isDone() {
        return ending.equals(DONE);
    }
}
