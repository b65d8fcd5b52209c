package org.carelog.local.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carelog.testing.RealPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The realm file and the tokens it leads to, on a real Keycloak. */
class TokensTest {

    private final URI issuer = RealPlatform.realm().issuer();
    private final Tokens tokens = RealPlatform.realm().tokens();

    @ParameterizedTest
    @CsvSource({
        "clinician, clinical-app, clinician",
        "registrar, clinical-app, registrar",
        "patient, clinical-app, patient",
        "compliance, clinical-app, compliance",
        "loader, loader, loader",
        "integration-engine, integration-engine, integration-engine",
        "patient-service, patient-service, service",
        "encounter-service, encounter-service, service",
        "audit-service, audit-service, service"
    })
    void aTokenSaysWhoAsksThroughWhichClientInWhichRoleAndThatItIsForCarelog(String name, String client, String role)
            throws Exception {
        // When
        Token token = tokens.token(name);

        // Then
        JsonNode claims = claims(token);
        assertThat(claims.path("iss").asText()).isEqualTo(issuer.toString());
        assertThat(claims.path("aud").asText()).isEqualTo("carelog");
        assertThat(claims.path("azp").asText()).isEqualTo(client);
        assertThat(claims.path("sub").asText()).isNotEmpty();
        assertThat(strings(claims.at("/realm_access/roles"))).contains(role);
        assertThat(strings(claims.at("/realm_access/roles"))).doesNotContainAnyElementsOf(otherRoles(role));
        assertThat(token.expiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(4)), Instant.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void onlyThePatientsTokenNamesAPatient() throws Exception {
        // When
        JsonNode patient = claims(tokens.token("patient"));
        JsonNode clinician = claims(tokens.token("clinician"));

        // Then
        assertThat(patient.path("patient").asText()).isEqualTo("0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f");
        assertThat(clinician.has("patient")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "clinician, user/*.rs",
        "clinician, user/*.cruds openid fhirUser",
        "clinician, offline_access",
        "patient, launch/patient patient/*.rs",
        "loader, system/*.cruds",
        "integration-engine, system/*.rs"
    })
    void aScopeIsGrantedWhenAskedFor(String name, String scope) throws Exception {
        // When
        Token token = tokens.token(name, scope);

        // Then
        assertThat(token.scope().split(" ")).contains(scope.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"clinician, system/*.cruds", "loader, user/*.rs", "patient, nonsense"})
    void aScopeThatIsNotForTheClientIsRefused(String name, String scope) {
        // When, Then
        assertThatThrownBy(() -> tokens.token(name, scope))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("scope '" + scope + "'");
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThereAre() {
        // When, Then
        assertThatThrownBy(() -> tokens.token("nobody"))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("'nobody'")
                .hasMessageContaining("clinician")
                .hasMessageContaining("loader");
    }

    @Test
    void aKeycloakThatIsNotThereIsSaidSo() {
        // Given
        Tokens nowhere = new Tokens(
                URI.create("http://localhost:1/realms/carelog"),
                RealPlatform.realm().secrets());

        // When, Then
        assertThatThrownBy(() -> nowhere.token("clinician"))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("does not answer")
                .hasMessageContaining("is it running?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinical-app", "admin-cli"})
    void noClientTakesAPasswordDirectly(String client) throws Exception {
        // When
        HttpResponse<String> answer = post(
                "/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        client,
                        "username",
                        "clinician",
                        "password",
                        "clinician"));

        // Then
        assertThat(answer.statusCode()).isIn(400, 401);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @Test
    void aLoginWithoutPkceIsRefused() throws Exception {
        // When
        HttpResponse<String> answer = authorize(Map.of("redirect_uri", "http://localhost:4711/app"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .contains("error=invalid_request")
                .contains("code_challenge_method");
    }

    @Test
    void plainPkceIsRefused() throws Exception {
        // When
        HttpResponse<String> answer = authorize(Map.of(
                "redirect_uri",
                "http://localhost:4711/app",
                "code_challenge_method",
                "plain",
                "code_challenge",
                "a-verifier-that-is-sent-in-the-clear-as-its-own-challenge"));

        // Then
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("error=invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:4711/app, 200",
        "http://127.0.0.1:9/any/path, 200",
        "http://evil.example/app, 400",
        "http://localhost.evil.example/app, 400"
    })
    void anAppOnThisMachineMayLogInFromAnyPortAndNobodyElse(String redirect, int status) throws Exception {
        // When
        HttpResponse<String> answer = authorize(Map.of(
                "redirect_uri",
                redirect,
                "code_challenge_method",
                "S256",
                "code_challenge",
                CodeFlow.challenge("verifier-verifier-verifier-verifier-verifier")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void aWrongPasswordIsRefused() {
        // Given
        CodeFlow flow = new CodeFlow(issuer, new TokenEndpoint(issuer));

        // When, Then
        assertThatThrownBy(() -> flow.logIn("registrar", "wrong", ""))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("password");
    }

    @Test
    void aTokenDoesNotShowItselfInALog() throws Exception {
        // When
        Token token = tokens.token("loader");

        // Then
        assertThat(token.toString()).doesNotContain(token.value());
    }

    private HttpResponse<String> authorize(Map<String, String> parameters) throws Exception {
        Map<String, String> query = new HashMap<>(parameters);
        query.put("response_type", "code");
        query.put("client_id", "clinical-app");
        try (Browser browser = new Browser()) {
            return browser.get(URI.create(issuer + "/protocol/openid-connect/auth?" + Browser.encode(query)));
        }
    }

    private HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
        try (Browser browser = new Browser()) {
            return browser.post(URI.create(issuer + "/protocol/openid-connect" + path), form);
        }
    }

    private static JsonNode claims(Token token) throws Exception {
        return new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(token.value().split("\\.")[1]));
    }

    private static List<String> otherRoles(String role) {
        List<String> others = new ArrayList<>(List.of(
                "clinician",
                "registrar",
                "patient",
                "compliance",
                "administrator",
                "loader",
                "integration-engine",
                "service"));
        others.remove(role);
        return others;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(value -> strings.add(value.asText()));
        return strings;
    }
}
