package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.carelog.local.kafka.Edge;
import org.carelog.local.kafka.TokenLogin;
import org.junit.jupiter.api.Test;

/** The broker of a deployment lets in whom the local platform's does, and the services show it tokens. */
class BrokerTest {
    private static final JsonNode BROKER = Compose.container("kafka").path("environment");
    private static final Pattern LISTENER = Pattern.compile("([A-Z]+):([A-Z_]+)");

    @Test
    void noListenerIsOpen() {
        assertThat(LISTENER.matcher(setting("LISTENER_SECURITY_PROTOCOL_MAP"))
                        .results()
                        .map(match -> match.group(2)))
                .hasSize(4)
                .containsOnly("SASL_PLAINTEXT");
    }

    @Test
    void clientsShowATokenOfTheRealm() {
        assertThat(List.of("HOST", "INSIDE")).allSatisfy(listener -> {
            assertThat(setting("LISTENER_NAME_" + listener + "_SASL_ENABLED_MECHANISMS"))
                    .isEqualTo("OAUTHBEARER");
            assertThat(setting("LISTENER_NAME_" + listener + "_OAUTHBEARER_SASL_SERVER_CALLBACK_HANDLER_CLASS"))
                    .endsWith(".OAuthBearerValidatorCallbackHandler");
            assertThat(setting("LISTENER_NAME_" + listener + "_OAUTHBEARER_CONNECTIONS_MAX_REAUTH_MS"))
                    .isEqualTo("60000");
        });
        assertThat(setting("SASL_OAUTHBEARER_EXPECTED_ISSUER"))
                .isEqualTo(Compose.container("patient-service")
                        .at("/environment/QUARKUS_OIDC_TOKEN_ISSUER")
                        .asText());
        assertThat(setting("SASL_OAUTHBEARER_EXPECTED_AUDIENCE")).isEqualTo("carelog");
        assertThat(setting("SASL_OAUTHBEARER_SUB_CLAIM_NAME")).isEqualTo("azp");
        assertThat(setting("OPTS"))
                .isEqualTo("-D" + TokenLogin.ALLOWED_URLS + "=" + setting("SASL_OAUTHBEARER_JWKS_ENDPOINT_URL"));
    }

    @Test
    void whatIsNotGrantedIsRefused() {
        assertThat(setting("AUTHORIZER_CLASS_NAME")).endsWith(".StandardAuthorizer");
        assertThat(setting("SUPER_USERS")).isEqualTo("User:" + Edge.PLATFORM);
        assertThat(BROKER.has("KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND")).isFalse();
    }

    @Test
    void theServicesMayAskTheirRealmForTokens() {
        // Given
        Map<String, String> kubernetes = new TreeMap<>(
                Manifests.of("base").named(ConfigMap.class, "carelog").getData());

        // Then
        assertThat(DeclaredService.ALL).allSatisfy(service -> {
            JsonNode environment = Compose.container(service.name()).path("environment");
            assertThat(environment.path("KAFKA_SECURITY_PROTOCOL").asText()).isEqualTo("SASL_PLAINTEXT");
            assertThat(environment.path(TokenAddress.VARIABLE).asText())
                    .isEqualTo(TokenAddress.allowing(
                            environment.path("QUARKUS_OIDC_AUTH_SERVER_URL").asText()));
        });
        assertThat(kubernetes)
                .containsEntry("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
                .containsEntry(
                        TokenAddress.VARIABLE, TokenAddress.allowing(kubernetes.get("QUARKUS_OIDC_AUTH_SERVER_URL")));
    }

    private static String setting(String name) {
        return BROKER.path("KAFKA_" + name).asText();
    }
}
