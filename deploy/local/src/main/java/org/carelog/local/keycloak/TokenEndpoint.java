package org.carelog.local.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;

/** The realm's token endpoint. Thread-safe. */
final class TokenEndpoint {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI address;

    TokenEndpoint(URI issuer) {
        this.address = Keycloak.tokens(issuer);
    }

    Token ask(Map<String, String> form) throws TokenException, InterruptedException {
        Instant asked = Instant.now();
        HttpResponse<String> response;
        try (Browser browser = new Browser()) {
            response = browser.post(address, form);
        }
        JsonNode answer = json(response.body());
        if (response.statusCode() != 200) {
            throw refusal(
                    answer.path("error").asText(),
                    answer.path("error_description").asText(),
                    form.get("scope"));
        }
        return new Token(
                answer.path("access_token").asText(),
                asked.plusSeconds(answer.path("expires_in").asLong()),
                answer.path("scope").asText());
    }

    /** Keycloak's refusal, as a sentence. */
    static TokenException refusal(String error, String description, String scope) {
        return switch (error) {
            case "invalid_scope" -> new TokenException("Keycloak does not grant the scope '" + scope + "' here");
            case "unauthorized_client", "invalid_client" ->
                new TokenException(
                        "Keycloak does not know this client by this secret: its data is not the one the secrets were made with");
            default -> new TokenException("Keycloak refuses a token: " + error + ", " + description);
        };
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException notJson) {
            return MAPPER.createObjectNode();
        }
    }
}
