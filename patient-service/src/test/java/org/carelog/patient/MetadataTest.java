package org.carelog.patient;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.metadata.MetadataWalk;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class MetadataTest extends MetadataWalk {}
