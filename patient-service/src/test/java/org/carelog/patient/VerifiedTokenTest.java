package org.carelog.patient;

import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.anonymously;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** That a token was verified once makes it good for no longer than it says, and no other. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
class VerifiedTokenTest {

    @Test
    void aTokenIsTakenUntilItExpiresHoweverOftenItWasTaken() throws Exception {
        // Given: the first request of all takes long
        asked(OwnIssuer.token("carelog", Instant.now().plusSeconds(300))).then().statusCode(200);
        String token = OwnIssuer.token("carelog", Instant.now().plusSeconds(8));

        // When
        asked(token).then().statusCode(200);
        asked(token).then().statusCode(200);

        // Then
        await().untilAsserted(() -> refused(asked(token)));
    }

    @Test
    void theSameClaimsForAnotherAudienceAreRefused() throws Exception {
        // Given
        Instant later = Instant.now().plusSeconds(300);

        // When
        asked(OwnIssuer.token("carelog", later)).then().statusCode(200);

        // Then
        refused(asked(OwnIssuer.token("another", later)));
        refused(asked(OwnIssuer.token("another", later)));
    }

    private static Response asked(String token) {
        return anonymously().header("Authorization", "Bearer " + token).get("/Patient?_count=0");
    }

    private static void refused(Response answer) {
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer realm=\"carelog\", error=\"invalid_token\"")
                .body("issue[0].code", equalTo("login"));
    }
}
