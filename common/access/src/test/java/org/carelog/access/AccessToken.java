package org.carelog.access;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A token as quarkus-oidc gives it, verified. */
record AccessToken(String raw, Map<String, Object> claims) implements JsonWebToken {

    static AccessToken expiring(Instant at, String raw) {
        return new AccessToken(raw, Map.of("exp", at.getEpochSecond()));
    }

    @Override
    public String getName() {
        return getSubject();
    }

    @Override
    public Set<String> getClaimNames() {
        return claims.keySet();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getClaim(String name) {
        return (T) (name.equals(Claims.raw_token.name()) ? raw : claims.get(name));
    }
}
