package org.carelog.audit.journal;

/**
 * An access could not be made durable in time: the answer is 503 and nothing of the record. The entry may exist
 * nevertheless, when the failure hit the answer to its commit. The message holds no value of a record.
 */
public final class JournalUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean full;

    private JournalUnavailable(String message, Throwable cause, boolean full) {
        super(message, cause);
        this.full = full;
    }

    JournalUnavailable(String message) {
        this(message, null, false);
    }

    JournalUnavailable(String message, Throwable cause) {
        this(message, cause, false);
    }

    static JournalUnavailable full() {
        return new JournalUnavailable("Too many audit entries wait to be sent", null, true);
    }

    /** Whether it could be written, but must not be before some of it has been sent. */
    public boolean isFull() {
        return full;
    }
}
