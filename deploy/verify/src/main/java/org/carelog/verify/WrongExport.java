package org.carelog.verify;

/** Something is not what the log signed. The message says which leaf is the first, and why; it repeats nothing of it. */
final class WrongExport extends Exception {
    private static final long serialVersionUID = 1L;

    private WrongExport(String message) {
        super(message);
    }

    static WrongExport leaf(long index, String reason) {
        return new WrongExport("leaf " + index + ": " + reason);
    }

    /** Where no leaf can be told from another. */
    static WrongExport whole(String reason) {
        return new WrongExport(reason);
    }
}
