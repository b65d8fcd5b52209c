package org.carelog.system.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** docs/audit.md, Logins and privileges: what users and administrators do at Keycloak itself is in the audit log. */
@Order(5)
@ExtendWith(RunningSystem.class)
class LoginAuditTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM|";
    private static final String OPERATION = "urn:carelog:operation|";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String app = "audited-app-" + UUID.randomUUID();
    private final String user = "audited-" + UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();
    private Carelog system;
    private Realm realm;
    private Tokens tokens;
    private String userId;

    @BeforeEach
    void aUserAndAClient(Carelog carelog) throws Exception {
        system = carelog;
        realm = new Realm(carelog);
        tokens = new Tokens(carelog);
        realm.create(
                "{\"clientId\": \"%s\", \"publicClient\": true, \"directAccessGrantsEnabled\": true}".formatted(app));
        userId = realm.createUser(user, "a password");
    }

    @AfterEach
    void areGone() throws Exception {
        realm.change("{\"eventsEnabled\": true}");
        realm.deleteUser(userId);
        realm.delete(app);
        realm.close();
        http.close();
    }

    @Test
    void whoLoggedInAndWhoWasRefusedIsFound() throws Exception {
        // When
        HttpResponse<String> wrong = ask("token", Map.of("grant_type", "password", "username", user, "password", "?"));
        HttpResponse<String> right =
                ask("token", Map.of("grant_type", "password", "username", user, "password", "a password"));
        Map<String, String> refresh = Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                MAPPER.readTree(right.body()).path("refresh_token").asText());
        HttpResponse<String> out = ask("logout", refresh);
        HttpResponse<String> late = ask("token", refresh);

        // Then
        assertThat(List.of(wrong.statusCode(), right.statusCode(), out.statusCode(), late.statusCode()))
                .containsExactly(400, 200, 204, 400);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found("type", DICOM + "110114", "agent:identifier", userId))
                        .contains(
                                "110122 login-error 4 invalid_user_credentials",
                                "110122 login 0 ",
                                "110123 logout 0 "));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(found("type", DICOM + "110114", "outcome", "4", "agent:identifier", app))
                                .anyMatch(event -> event.startsWith("110122 refresh-token-error 4 ")));
        assertThat(system.done("audit", "--user", user, "--since", "1d", "--format", "csv"))
                .contains(",login-error,invalid_user_credentials,", ",login,ok,", ",logout,ok,");
    }

    @Test
    void whoGaveAwayWhatAndChangedTheRealmIsFound() throws Exception {
        // Given
        String client = realm.idOf(app);

        // When
        realm.give(userId, "compliance");
        realm.change(app, "{\"name\": \"Changed\"}");
        realm.change("{\"eventsEnabled\": false}");

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found(
                                "type",
                                DICOM + "110113",
                                "subtype",
                                DICOM + "110137",
                                "entity:identifier",
                                "users/%s/role-mappings/realm".formatted(userId)))
                        .containsExactly("110137 create-realm-role-mapping 0 "));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                found("subtype", OPERATION + "update-client", "entity:identifier", "clients/" + client))
                        .containsExactly("110129 update-client 0 "));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found("subtype", OPERATION + "update-realm", "_sort", "-date"))
                        .contains("110129 update-realm 0 "));
        assertThat(system.done("audit", "--user", administrator(client), "--since", "1d", "--format", "csv"))
                .contains(",create-realm-role-mapping,ok,", ",update-client,ok,", ",update-realm,ok,");
    }

    /** Who made it. */
    private String administrator(String client) throws Exception {
        return search("subtype", OPERATION + "update-client", "entity:identifier", "clients/" + client)
                .at("/entry/0/resource/agent/1/who/identifier/value")
                .asText();
    }

    private HttpResponse<String> ask(String endpoint, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&", "", "&client_id=" + app));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:%d/realms/carelog/protocol/openid-connect/%s"
                                .formatted(system.port(8180), endpoint)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The AuditEvents, each as its subtypes and its outcome. */
    private List<String> found(String... parameters) throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : search(parameters).path("entry")) {
            JsonNode event = entry.path("resource");
            found.add("%s %s %s %s"
                    .formatted(
                            event.at("/subtype/0/code").asText(),
                            event.at("/subtype/1/code").asText(),
                            event.path("outcome").asText(),
                            event.path("outcomeDesc").asText()));
        }
        return found;
    }

    private JsonNode search(String... parameters) throws IOException, InterruptedException {
        List<String> query = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.add(parameters[i] + "=" + encoded(parameters[i + 1]));
        }
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(system.fhir() + "/AuditEvent?" + String.join("&", query)))
                        .header("Authorization", "Bearer " + tokens.of("compliance"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
