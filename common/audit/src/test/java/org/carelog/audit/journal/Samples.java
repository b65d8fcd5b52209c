package org.carelog.audit.journal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Accesses for tests. */
final class Samples {
    static final Agent CLINICIAN =
            new Agent("7c0b8f6e-1111-4222-8333-444455556666", "clinician", "clinical-app", List.of("clinician"));

    private Samples() {}

    static Access aRead() {
        return aRead(UUID.randomUUID());
    }

    static Access aRead(UUID id) {
        return new AccessBuilder()
                .id(id)
                .at(Instant.parse("2026-11-24T08:30:00.123456Z"))
                .interaction("read")
                .method("GET")
                .agent(CLINICIAN)
                .networkAddress("192.0.2.7")
                .requestId("request-1")
                .entities(List.of(new Entity("Encounter", "e1", 3L, "p1")))
                .resourceType("Encounter")
                .build();
    }
}
