package org.carelog.audit;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.metadata.MetadataWalk;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class MetadataTest extends MetadataWalk {

    /** The first request of a test makes one. */
    @BeforeEach
    void awaitAnAuditEvent() {
        Awaitility.await("an AuditEvent")
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        as("compliance").get("/AuditEvent?_count=1").then().body("entry.size()", greaterThan(0)));
    }
}
