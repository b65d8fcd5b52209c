package org.carelog.patient;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.registry.TypeRegistry;

/** What patient-service hosts: who the patient is, and copies of what that refers to. */
final class PatientServiceTypes {
    @Produces
    @Singleton
    HostedTypes types() {
        return TypeRegistry.ofClassPath().hostedBy("patient-service");
    }
}
