package org.carelog.records.rest;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.carelog.access.Actor;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Finds out who asks, from the bearer token. Signature, issuer, expiry and audience are quarkus-oidc's work. */
@ApplicationScoped
class Authentication {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final CurrentIdentityAssociation association;

    Authentication(CurrentIdentityAssociation association) {
        this.association = association;
    }

    /**
     * @throws FhirProblemException {@link FhirProblem.Unauthenticated}, or {@link FhirProblem.Unavailable} when the token
     *     cannot be judged
     */
    Actor actor() {
        SecurityIdentity identity = identity();
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new FhirProblemException(new FhirProblem.Unauthenticated(false));
        }
        return Actor.of(token);
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
