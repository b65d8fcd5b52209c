package org.carelog.audit.ledger;

/** The tree is not whole, or not what was signed of it. The message has numbers and keys only. */
public final class BrokenLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenLog(String message) {
        super(message);
    }
}
