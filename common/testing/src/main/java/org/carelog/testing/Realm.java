package org.carelog.testing;

import java.net.URI;
import org.carelog.local.keycloak.ClientSecrets;
import org.carelog.local.keycloak.Tokens;

/** The realm of a running Keycloak. */
public record Realm(URI issuer, ClientSecrets secrets) {

    public Tokens tokens() {
        return new Tokens(issuer, secrets);
    }
}
