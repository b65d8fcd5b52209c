package org.carelog.local.keycloak;

import java.io.IOException;

/** No token was given; the message says why, in a sentence for the person at the command line. */
public final class TokenException extends IOException {
    private static final long serialVersionUID = 1L;

    TokenException(String message) {
        super(message);
    }

    TokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
