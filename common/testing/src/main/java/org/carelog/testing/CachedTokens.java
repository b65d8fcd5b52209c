package org.carelog.testing;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.carelog.local.keycloak.Token;

/** Tokens that were asked for in this process: a login takes a second or so. */
final class CachedTokens {

    private static final Duration LEFT = Duration.ofMinutes(1);
    private static final ConcurrentHashMap<String, Token> TOKENS = new ConcurrentHashMap<>();

    private CachedTokens() {}

    static String of(String name) {
        return TOKENS.compute(name, (_, token) -> token == null || isStale(token) ? fresh(name) : token)
                .value();
    }

    private static boolean isStale(Token token) {
        return Instant.now().plus(LEFT).isAfter(token.expiresAt());
    }

    /** One process after another: Keycloak refuses somebody who logs in twice at once, as a guard against guessing. */
    private static Token fresh(String name) {
        try (ProcessLock _ = ProcessLock.of(Checkout.warm().resolve("login-" + name + ".lock"))) {
            return WarmKeycloak.running().tokens().token(name);
        } catch (IOException e) {
            throw new IllegalStateException("no token for " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
