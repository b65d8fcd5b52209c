package org.carelog.local.keycloak;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tokens for the realm's demo users and clients, each by the flow that a real one uses: a user by authorization code
 * with PKCE through the login page, a client by its credentials. Thread-safe; calls block.
 */
public final class Tokens {

    /** Users for a demonstration; the password of each is its name. */
    public static final List<String> USERS =
            List.of("clinician", "registrar", "patient", "compliance", "administrator");

    private final TokenEndpoint endpoint;
    private final CodeFlow codeFlow;
    private final ClientSecrets secrets;

    /** @param issuer the realm's address, see {@link Keycloak#issuer(int)} */
    public Tokens(URI issuer, ClientSecrets secrets) {
        this.endpoint = new TokenEndpoint(issuer);
        this.codeFlow = new CodeFlow(issuer, endpoint);
        this.secrets = secrets;
    }

    /** The same with no scope but those that everybody has. */
    public Token token(String name) throws TokenException, InterruptedException {
        return token(name, "");
    }

    /**
     * @param name of a demo user or a confidential client
     * @param scope OAuth scopes with spaces between, such as {@code user/*.rs launch/patient}; empty for none
     * @throws TokenException when there is no such name, no Keycloak, or it refuses
     */
    public Token token(String name, String scope) throws TokenException, InterruptedException {
        if (USERS.contains(name)) {
            return codeFlow.logIn(name, name, scope);
        }
        String secret = secrets.of(name)
                .orElseThrow(() -> new TokenException("there is no user or client '%s'; there are %s"
                        .formatted(
                                name,
                                Stream.concat(USERS.stream(), ClientSecrets.clients().stream())
                                        .collect(Collectors.joining(", ")))));
        Map<String, String> form =
                Map.of("grant_type", "client_credentials", "client_id", name, "client_secret", secret, "scope", scope);
        return endpoint.ask(form);
    }
}
