package org.carelog.local.supervisor;

import java.nio.file.Path;
import java.util.Optional;

/** The system does not start. The message is for the person at the terminal. */
public final class CannotStartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path log;

    public CannotStartException(String message) {
        this(message, null);
    }

    /** @param log whose end tells more; null when there is none */
    public CannotStartException(String message, Path log) {
        super(message);
        this.log = log;
    }

    public Optional<Path> log() {
        return Optional.ofNullable(log);
    }
}
