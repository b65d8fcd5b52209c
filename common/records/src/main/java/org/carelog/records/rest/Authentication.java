package org.carelog.records.rest;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.carelog.access.Actor;
import org.carelog.access.VerifiedTokens;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Finds out who asks, from the bearer token. Signature, issuer, expiry and audience are quarkus-oidc's work; it is not
 * asked again about a token that it has verified lately.
 */
@ApplicationScoped
class Authentication {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String SCHEME = "Bearer ";

    private final CurrentIdentityAssociation association;
    private final VerifiedTokens verified;

    Authentication(CurrentIdentityAssociation association, VerifiedTokens verified) {
        this.association = association;
        this.verified = verified;
    }

    /**
     * @param request of HTTP, the one that this thread answers
     * @throws FhirProblemException {@link FhirProblem.Unauthenticated}, or {@link FhirProblem.Unavailable} when the token
     *     cannot be judged
     */
    Actor actor(FhirRequest request) {
        Optional<String> sent = request.header("Authorization").flatMap(Authentication::bearer);
        return sent.flatMap(verified::actor).orElseGet(() -> verify(sent));
    }

    private Actor verify(Optional<String> sent) {
        SecurityIdentity identity = identity();
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new FhirProblemException(new FhirProblem.Unauthenticated(false));
        }
        Actor actor = Actor.of(token);
        // an operator may have it look for the token elsewhere, or take another scheme
        if (sent.isPresent() && sent.get().equals(token.getRawToken())) {
            verified.add(token, actor);
        }
        return actor;
    }

    private static Optional<String> bearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()))
                : Optional.empty();
    }

    private SecurityIdentity identity() {
        try {
            return association.getDeferredIdentity().await().atMost(LIMIT);
        } catch (AuthenticationFailedException e) {
            throw new FhirProblemException(new FhirProblem.Unauthenticated(true));
        } catch (RuntimeException e) {
            throw new FhirProblemException(new FhirProblem.Unavailable("The token's issuer"));
        }
    }
}
