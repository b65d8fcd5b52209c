package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.anonymously;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.carelog.testing.IdTokens;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every address of the service's port asks for a token of the realm, meant for Carelog. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class AuthenticationTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /fhir/Patient/1",
        "HEAD, /fhir/Patient/1",
        "GET, /fhir/Patient",
        "GET, /fhir/metadata",
        "POST, /fhir/Patient",
        "PUT, /fhir/Patient/1",
        "PATCH, /fhir/Patient/1",
        "DELETE, /fhir/Patient/1",
        "OPTIONS, /fhir/Patient/1",
        "POST, /fhir",
        "GET, /fhir/Nonsense",
        "GET, /",
        "GET, /q/health",
        "TRACE, /fhir/Patient/1"
    })
    void withoutATokenNothingIsSaidButThatOneIsNeeded(Method method, String path) {
        Response answer = anonymously().basePath("").request(method, path);

        answer.then().statusCode(401).header("WWW-Authenticate", "Bearer realm=\"carelog\"");
        if (method != Method.HEAD) {
            answer.then()
                    .contentType("application/fhir+json")
                    .body("resourceType", equalTo("OperationOutcome"))
                    .body("issue[0].code", equalTo("login"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer nonsense", "Bearer a.b.c", "Basic Y2xpbmljaWFuOmNsaW5pY2lhbg==", "nonsense"})
    void whatIsNoTokenIsNotTaken(String authorization) {
        anonymously()
                .header("Authorization", authorization)
                .get("/Patient")
                .then()
                .statusCode(401)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void aTokenWhoseClaimsWereChangedIsNotTaken() {
        // Given
        String[] parts = RealPlatform.token("patient").split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"patient\"", "\"clinician\"");

        // When, Then
        refused(bearing(parts[0] + "." + base64(claims) + "." + parts[2]).get("/Patient"));
    }

    @Test
    void aTokenThatSaysItNeedsNoSignatureIsNotTaken() {
        // Given
        String claims = RealPlatform.token("clinician").split("\\.")[1];

        // When, Then
        refused(bearing(base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + claims + ".")
                .get("/Patient"));
    }

    @Test
    void aTokenThatSomebodyElseSignedIsNotTaken() throws Exception {
        // Given
        String[] parts = RealPlatform.token("clinician").split("\\.");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair own = generator.generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(own.getPrivate());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

        // When, Then
        refused(bearing(parts[0] + "." + parts[1] + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()))
                .get("/Patient"));
    }

    @Test
    void aTokenOfTheRealmForAnotherAudienceIsNotTaken() throws Exception {
        refused(bearing(IdTokens.of("clinician")).get("/Patient"));
    }

    @Test
    void theAnswerToARefusedTokenDoesNotRepeatIt() {
        bearing("eyJsecret.eyJsecret.secret")
                .get("/Patient")
                .then()
                .statusCode(401)
                .body(not(containsString("secret")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTokenIsNotTakenForItsNeighbourThatWasTaken(int part) {
        // Given
        String token = RealPlatform.token("clinician");
        String[] parts = token.split("\\.");
        char[] changed = parts[part].toCharArray();
        changed[changed.length / 2] = changed[changed.length / 2] == 'A' ? 'B' : 'A';
        parts[part] = new String(changed);

        // When
        bearing(token).get("/Patient?_count=0").then().statusCode(200);

        // Then
        refused(bearing(String.join(".", parts)).get("/Patient?_count=0"));
    }

    @Test
    void aTokenForAnotherAudienceIsRefusedEachTimeThoughItsOwnersTokenForCarelogIsTaken() throws Exception {
        // Given
        String other = IdTokens.of("clinician");

        // When
        as("clinician").get("/Patient?_count=0").then().statusCode(200);

        // Then
        refused(bearing(other).get("/Patient?_count=0"));
        refused(bearing(other).get("/Patient?_count=0"));
    }

    @Test
    void aTokenThatWasTakenIsNotTakenByAnotherScheme() {
        // Given
        String token = RealPlatform.token("clinician");

        // When
        bearing(token).get("/Patient?_count=0").then().statusCode(200);

        // Then
        anonymously()
                .header("Authorization", "Basic " + token)
                .get("/Patient?_count=0")
                .then()
                .statusCode(401);
        anonymously()
                .header("Authorization", token)
                .get("/Patient?_count=0")
                .then()
                .statusCode(401);
    }

    @Test
    void aTokenInTheAddressIsNotLookedAt() {
        anonymously()
                .queryParam("access_token", RealPlatform.token("clinician"))
                .get("/Patient")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER"})
    void theWordBearerMayBeWrittenInAnyCase(String word) {
        anonymously()
                .header("Authorization", word + " " + RealPlatform.token("clinician"))
                .get("/Patient?_count=0")
                .then()
                .statusCode(200);
    }

    @Test
    void aTokenOfTheRealmForCarelogIsTaken() {
        as("clinician").get("/Patient?_count=0").then().statusCode(200);
    }

    private static RequestSpecification bearing(String token) {
        return anonymously().header("Authorization", "Bearer " + token);
    }

    private static void refused(Response answer) {
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer realm=\"carelog\", error=\"invalid_token\"")
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("login"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
