package org.carelog.encounter;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.metadata.MetadataWalk;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class MetadataTest extends MetadataWalk {

    @BeforeEach
    void copyAPatient() {
        PatientEvents.apply(PatientEvents.created(PatientEvents.newId(), "Walked"));
    }
}
