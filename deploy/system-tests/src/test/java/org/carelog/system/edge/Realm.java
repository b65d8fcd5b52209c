package org.carelog.system.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.carelog.system.platform.Carelog;

/** The realm as its administrator has it, over Keycloak's REST API. */
final class Realm implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String keycloak;
    private final String password;

    Realm(Carelog carelog) {
        keycloak = "http://localhost:" + carelog.port(8180);
        password = carelog.clientSecret("admin");
    }

    /** Anew each time: it is good for a minute. */
    private String administratorsToken() throws IOException, InterruptedException {
        return token(
                "master",
                Map.of(
                        "grant_type", "password",
                        "client_id", "admin-cli",
                        "username", "admin",
                        "password", password));
    }

    /** Of a client, by its own credentials. */
    String token(String client, String secret) throws IOException, InterruptedException {
        return token(
                "carelog", Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
    }

    private String token(String realm, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(keycloak + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .path("access_token")
                .asText();
    }

    /** Changes what the JSON says of a client, and nothing else. */
    void change(String client, String json) throws IOException, InterruptedException {
        send(administration("/" + idOf(client)).PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    void create(String json) throws IOException, InterruptedException {
        send(administration("").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    void delete(String client) throws IOException, InterruptedException {
        send(administration("/" + idOf(client)).DELETE());
    }

    /** Changes what the JSON says of the realm, and nothing else. */
    void change(String json) throws IOException, InterruptedException {
        send(administered("").PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** @return the user's id */
    String createUser(String name, String password) throws IOException, InterruptedException {
        send(administered("/users").POST(HttpRequest.BodyPublishers.ofString("""
                        {"username": "%s", "enabled": true, "email": "%s@carelog.example", "emailVerified": true,
                         "firstName": "Sample", "lastName": "Sample",
                         "credentials": [{"type": "password", "value": "%s", "temporary": false}]}
                        """.formatted(name, name, password))));
        return send(administered("/users?exact=true&username=" + name).GET())
                .at("/0/id")
                .asText();
    }

    void give(String userId, String role) throws IOException, InterruptedException {
        String roles = "[%s]".formatted(send(administered("/roles/" + role).GET()));
        send(administered("/users/%s/role-mappings/realm".formatted(userId))
                .POST(HttpRequest.BodyPublishers.ofString(roles)));
    }

    void deleteUser(String id) throws IOException, InterruptedException {
        send(administered("/users/" + id).DELETE());
    }

    /** Under which the administration knows the client. */
    String idOf(String client) throws IOException, InterruptedException {
        return send(administration("?clientId=" + client).GET()).at("/0/id").asText();
    }

    private HttpRequest.Builder administration(String rest) throws IOException, InterruptedException {
        return administered("/clients" + rest);
    }

    private HttpRequest.Builder administered(String rest) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms/carelog" + rest))
                .header("Authorization", "Bearer " + administratorsToken())
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as("%s", response.uri()).isBetween(200, 299);
        return MAPPER.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
