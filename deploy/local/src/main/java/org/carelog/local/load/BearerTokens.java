package org.carelog.local.load;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.carelog.local.keycloak.Token;

/**
 * The token of one user or client, asked for anew before it expires. Thread-safe: many requests that find the token
 * old cause one request for another.
 */
public final class BearerTokens {

    /** Where a new token comes from. */
    @FunctionalInterface
    public interface Source {
        Token ask() throws IOException, InterruptedException;
    }

    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(20);

    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();
    private String token;
    private Instant renewAt = Instant.MIN;

    public BearerTokens(Source source) {
        this.source = source;
    }

    /**
     * A token that is good for some seconds more.
     *
     * @throws IOException when there is none to be had; the message says why
     */
    public String current() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (Instant.now().isAfter(renewAt)) {
                renew();
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    /** The server did not take this token: the next {@link #current} asks for another. */
    public void reject(String refused) {
        lock.lock();
        try {
            if (refused.equals(token)) {
                renewAt = Instant.MIN;
            }
        } finally {
            lock.unlock();
        }
    }

    private void renew() throws IOException, InterruptedException {
        Token renewed = source.ask();
        Duration life = Duration.between(Instant.now(), renewed.expiresAt());
        Duration early = life.compareTo(BEFORE_EXPIRY.multipliedBy(2)) > 0 ? BEFORE_EXPIRY : life.dividedBy(2);
        token = renewed.value();
        renewAt = renewed.expiresAt().minus(early);
    }
}
