package org.carelog.access;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who asks, as a verified access token says.
 *
 * @param subject the token's {@code sub}
 * @param name the user's or service account's name
 * @param client the OAuth client that the request came through ({@code azp})
 * @param roles the roles that mean something here
 * @param patient the id of the Patient that the user is, if any (claim {@code patient})
 * @param tokenId the token's {@code jti}; empty: it has none
 */
public record Actor(
        String subject, String name, String client, Set<Role> roles, Optional<String> patient, String tokenId) {
    public Actor {
        roles = Set.copyOf(roles);
    }

    /** Reads a token whose signature, issuer, expiry and audience have been checked. */
    public static Actor of(JsonWebToken token) {
        return new Actor(
                Optional.ofNullable(token.getSubject()).orElse(""),
                Optional.ofNullable(token.<String>getClaim("preferred_username"))
                        .orElse(""),
                Optional.ofNullable(token.<String>getClaim("azp")).orElse(""),
                roles(token),
                Optional.ofNullable(token.<String>getClaim("patient")),
                Optional.ofNullable(token.getTokenID()).orElse(""));
    }

    private static Set<Role> roles(JsonWebToken token) {
        Set<Role> roles = new LinkedHashSet<>();
        if (token.getClaim("realm_access") instanceof JsonObject access
                && access.get("roles") instanceof JsonArray names) {
            names.getValuesAs(JsonString.class)
                    .forEach(name -> Role.ofClaim(name.getString()).ifPresent(roles::add));
        }
        return roles;
    }
}
