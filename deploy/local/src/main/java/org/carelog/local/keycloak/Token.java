package org.carelog.local.keycloak;

import java.time.Instant;

/**
 * An access token.
 *
 * @param value what goes after {@code Bearer}
 * @param expiresAt from when on it is refused, by this machine's clock
 * @param scope what was granted, names with spaces between
 */
public record Token(String value, Instant expiresAt, String scope) {

    /** Without the value: this may end in a log. */
    @Override
    public String toString() {
        return "token[expiresAt=%s, scope=%s]".formatted(expiresAt, scope);
    }
}
