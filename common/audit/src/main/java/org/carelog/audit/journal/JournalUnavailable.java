package org.carelog.audit.journal;

/**
 * An access could not be made durable in time: the answer is 503 and nothing of the record. The entry may exist
 * nevertheless, when the failure hit the answer to its commit. The message holds no value of a record.
 */
public final class JournalUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalUnavailable(String message) {
        super(message);
    }

    JournalUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
