package org.carelog.local.port;

/** The ports cannot be had. The message is for the person at the terminal. */
public final class PortException extends Exception {
    private static final long serialVersionUID = 1L;

    PortException(String message) {
        super(message);
    }
}
