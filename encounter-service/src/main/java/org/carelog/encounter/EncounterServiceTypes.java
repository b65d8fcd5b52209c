package org.carelog.encounter;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.registry.TypeRegistry;

/** What encounter-service hosts: what was done for the patient, by whom and where, and copies of who the patient is. */
final class EncounterServiceTypes {
    @Produces
    @Singleton
    HostedTypes types() {
        return TypeRegistry.ofClassPath().hostedBy("encounter-service");
    }
}
