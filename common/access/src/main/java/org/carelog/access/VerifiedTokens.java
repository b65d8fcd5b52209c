package org.carelog.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who asks by the tokens that were verified lately: a client sends the same one with each of its requests, and to verify
 * its signature costs more than most answers. A token is known by the digest of all of it, so one that differs in anything
 * is another; it is not kept itself. Of a service, which has one issuer and one audience. Thread-safe.
 */
@ApplicationScoped
public class VerifiedTokens {
    /** Less than a kilobyte each. */
    static final int MOST = 1_000;

    private record Known(Actor actor, Instant until) {}

    private final Duration longest;
    private final InstantSource clock;
    private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    });

    @Inject
    VerifiedTokens(AccessConfig config) {
        this(config.verifiedFor(), InstantSource.system());
    }

    VerifiedTokens(Duration longest, InstantSource clock) {
        this.longest = longest;
        this.clock = clock;
    }

    /** Who asks by the token, if it was verified not long ago and has not expired since. */
    public Optional<Actor> actor(String token) {
        String digest = digest(token);
        Known found = known.get(digest);
        if (found == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(found.until())) {
            known.remove(digest, found);
            return Optional.empty();
        }
        return Optional.of(found.actor());
    }

    /**
     * Remembers who asks by a token whose signature, issuer, expiry and audience have just been checked. Not one
     * that is bound to its sender's key: that the sender has the key is to be proved with each request.
     */
    public void add(JsonWebToken token, Actor actor) {
        Long seconds = token.getClaim("exp");
        if (seconds == null || token.containsClaim("cnf")) {
            return;
        }
        Instant now = clock.instant();
        Instant expiry = Instant.ofEpochSecond(seconds);
        Instant until = expiry.isBefore(now.plus(longest)) ? expiry : now.plus(longest);
        if (now.isBefore(until)) {
            known.put(digest(token.getRawToken()), new Known(actor, until));
        }
    }

    private static String digest(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
