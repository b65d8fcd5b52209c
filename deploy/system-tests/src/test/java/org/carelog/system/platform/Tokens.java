package org.carelog.system.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Keycloak's tokens for the demo users, each asked for by {@code ./carelog token}. Thread-safe. */
public final class Tokens {
    private static final Duration LEFT = Duration.ofSeconds(60);

    private final Carelog carelog;
    private final Map<String, String> tokens = new HashMap<>();

    public Tokens(Carelog carelog) {
        this.carelog = carelog;
    }

    /** One that is good for a minute more. */
    public synchronized String of(String user) {
        String known = tokens.get(user);
        if (known == null || expiry(known).minus(LEFT).isBefore(Instant.now())) {
            tokens.put(user, carelog.done("token", user).strip());
        }
        return tokens.get(user);
    }

    private static Instant expiry(String token) {
        try {
            String claims = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
            return Instant.ofEpochSecond(new JsonMapper()
                    .readTree(Base64.getUrlDecoder().decode(claims))
                    .path("exp")
                    .asLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
