package org.carelog.audit.check;

/**
 * What is not as it was.
 *
 * @param leaf the first that is, or may be, wrong; {@link #NONE}: what is wrong is of no leaf
 * @param reason a sentence without any value of an entry
 */
public record Finding(long leaf, String reason) {
    static final long NONE = Long.MAX_VALUE;

    static Finding none(String reason) {
        return new Finding(NONE, reason);
    }

    @Override
    public String toString() {
        return leaf == NONE ? reason : "leaf " + leaf + ": " + reason;
    }
}
