package org.carelog.audit.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.runtime.TokensHelper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks Keycloak's admin REST API, with this service's own token, whose account may view events and nothing else. Never inside
 * a transaction.
 */
@Singleton
final class RealmAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String realm;
    private final OidcClient oidc;
    private final TokensHelper tokens = new TokensHelper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST_WAIT).build();

    RealmAdmin(
            IdentityConfig config,
            @ConfigProperty(name = "quarkus.oidc-client.auth-server-url") String issuer,
            OidcClient oidc) {
        this.realm = config.adminUrl().map(URI::toString).orElseGet(() -> adminUrl(issuer));
        this.oidc = oidc;
    }

    /** Keycloak has the administration of {@code /realms/x} at {@code /admin/realms/x}. */
    static String adminUrl(String issuer) {
        int place = issuer.lastIndexOf("/realms/");
        return issuer.substring(0, place) + "/admin" + issuer.substring(place);
    }

    /**
     * Some of a list, the oldest first.
     *
     * @param since the earliest time
     * @param skipped so many are left out
     * @param atMost fewer: there are no more now
     */
    List<JsonNode> events(EventKind kind, Instant since, int skipped, int atMost)
            throws IOException, InterruptedException {
        URI address = URI.create("%s/%s?direction=asc&dateFrom=%d&first=%d&max=%d"
                .formatted(realm, kind.path(), since.toEpochMilli(), skipped, atMost));
        HttpResponse<byte[]> answer = get(address, false);
        if (answer.statusCode() == 401) {
            answer = get(address, true);
        }
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return JSON.readerForListOf(JsonNode.class).readValue(answer.body());
    }

    private HttpResponse<byte[]> get(URI address, boolean withNewToken) throws IOException, InterruptedException {
        String token = tokens.getTokens(oidc, Map.of(), withNewToken)
                .await()
                .atMost(LONGEST_WAIT)
                .getAccessToken();
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(LONGEST_WAIT)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
