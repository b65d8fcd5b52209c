package org.carelog.audit.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.Parallel;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the realm of all tests: what others do there is told, too, and is not looked at here. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class IdentityTest {
    /** Of a client that there is not. */
    private final String stranger = "stranger-" + UUID.randomUUID();

    @Inject
    IdentityWatcher watcher;

    @BeforeEach
    void whatWasLongAgoIsInTheLog() {
        asOwner("update identity_place set place = greatest(place, now())");
    }

    @Test
    void aRefusedLoginIsToldOnceHoweverOftenItIsRead() throws Exception {
        // Given
        refused();

        // When
        watcher.look();
        Parallel.times(3, () -> {
            watcher.look();
            return true;
        });

        // Then
        assertThat(entries()).hasSize(1);
        JsonNode entry = entries().getFirst();
        assertThat(entry.path("operation").asText()).isEqualTo("client-login-error");
        assertThat(entry.path("status").asInt()).isEqualTo(401);
        assertThat(entry.at("/details/error").asText()).isEqualTo("client_not_found");
    }

    @Test
    void aLoginIsToldWithWhoItIs() throws Exception {
        // Given
        RealPlatform.realm().tokens().token("loader");

        // When
        watcher.look();

        // Then
        assertThat(AuditEntries.all())
                .filteredOn(entry -> entry.path("operation").asText().equals("client-login"))
                .anySatisfy(entry -> {
                    assertThat(entry.at("/agent/client").asText()).isEqualTo("loader");
                    assertThat(entry.at("/agent/name").asText()).isEqualTo("service-account-loader");
                    assertThat(entry.at("/agent/subject").asText()).isNotEmpty();
                });
    }

    @Test
    void whatKeycloakCommitsLateIsToldAllTheSame() throws Exception {
        // Given
        asOwner("update identity_place set place = now() + interval '1 minute'");
        refused();

        // When
        watcher.look();

        // Then
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatCannotBeToldYetIsToldLater() throws Exception {
        // Given
        refused();
        asOwner("revoke insert on audit_entry from " + ServiceUnderTest.runtimeRole());
        try {
            assertThatThrownBy(() -> watcher.look()).isInstanceOf(RuntimeException.class);
        } finally {
            asOwner("grant insert on audit_entry to " + ServiceUnderTest.runtimeRole());
        }

        // When
        watcher.look();

        // Then
        assertThat(entries()).hasSize(1);
    }

    @Test
    void complianceFindsARefusedLogin() throws Exception {
        // Given
        refused();

        // When
        watcher.look();

        // Then
        String search = "/AuditEvent?type=http://dicom.nema.org/resources/ontology/DCM|110114"
                + "&subtype=http://dicom.nema.org/resources/ontology/DCM|110122&outcome=4&agent:identifier=" + stranger;
        JsonPath found = await().until(() -> as("compliance").get(search).jsonPath(), json -> json.getInt("total") > 0);
        assertThat(found.getInt("total")).isOne();
        assertThat(found.getString("entry[0].resource.outcomeDesc")).isEqualTo("client_not_found");
    }

    private void refused() {
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", stranger)
                .formParam("client_secret", "guessed")
                .port(RealPlatform.issuer().getPort())
                .post(RealPlatform.issuer() + "/protocol/openid-connect/token")
                .then()
                .statusCode(401);
    }

    private List<JsonNode> entries() {
        return AuditEntries.all().stream()
                .filter(entry -> entry.at("/agent/client").asText().equals(stranger))
                .toList();
    }
}
