package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/capabilities.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class CapabilitiesTest {

    @Test
    void theStatementSaysWhatIsServed() {
        as("clinician")
                .get("/metadata")
                .then()
                .statusCode(200)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("CapabilityStatement"))
                .body("fhirVersion", equalTo("4.0.1"))
                .body("kind", equalTo("instance"))
                .body("format", hasItems("application/fhir+json"))
                .body("rest[0].mode", equalTo("server"))
                .body(
                        "rest[0].resource.find{it.type=='Patient'}.interaction.code",
                        hasItems(
                                "read",
                                "vread",
                                "create",
                                "update",
                                "delete",
                                "history-instance",
                                "history-type",
                                "search-type"))
                .body("rest[0].resource.find{it.type=='Patient'}.updateCreate", equalTo(true))
                .body("rest[0].resource.find{it.type=='Patient'}.conditionalCreate", equalTo(true))
                .body(
                        "rest[0].resource.find{it.type=='Patient'}.searchParam.name",
                        hasItems("_id", "_lastUpdated", "identifier", "name", "family", "given", "birthdate", "gender"))
                .body(
                        "rest[0].resource.find{it.type=='Encounter'}.interaction.code",
                        containsInAnyOrder("read", "vread", "history-instance", "history-type", "search-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinician", "registrar", "patient", "compliance", "loader", "integration-engine"})
    void everybodyWithATokenMayAskForIt(String name) {
        as(name).get("/metadata").then().statusCode(200);
    }
}
