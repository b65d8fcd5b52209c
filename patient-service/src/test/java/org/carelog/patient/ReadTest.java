package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ReadTest {

    @Test
    void whatWasPutIsRead() {
        // Given
        as("clinician")
                .body("{\"resourceType\":\"Patient\",\"id\":\"read-1\",\"birthDate\":\"1936-05-21\"}")
                .put("/Patient/read-1")
                .then()
                .statusCode(201);

        // When, Then
        as("clinician").get("/Patient/read-1").then().statusCode(200).body("birthDate", equalTo("1936-05-21"));
    }
}
