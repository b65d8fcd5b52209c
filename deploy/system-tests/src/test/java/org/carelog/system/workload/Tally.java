package org.carelog.system.workload;

/** How requests ended. */
public record Tally(long acknowledged, long refused, long open) {

    public Tally since(Tally earlier) {
        return new Tally(acknowledged - earlier.acknowledged, refused - earlier.refused, open - earlier.open);
    }

    public long all() {
        return acknowledged + refused + open;
    }
}
