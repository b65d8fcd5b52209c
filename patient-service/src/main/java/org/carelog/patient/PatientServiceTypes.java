package org.carelog.patient;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Domain;
import org.carelog.fhir.HostedType.Hosting;
import org.carelog.fhir.HostedTypes;

/** What patient-service hosts: it owns Patient, and keeps a copy of every Encounter. */
final class PatientServiceTypes {
    static final HostedType PATIENT = new HostedType(
            "Patient",
            Hosting.OWNED,
            Domain.IDENTITY,
            new Compartment.Self(),
            List.of("identifier", "name", "family", "given", "birthdate", "gender"),
            List.of());

    static final HostedType ENCOUNTER = new HostedType(
            "Encounter",
            Hosting.PROJECTED,
            Domain.CARE,
            new Compartment.Through(List.of("Encounter.subject")),
            List.of("patient", "subject", "date", "status", "class", "identifier"),
            List.of());

    @Produces
    @Singleton
    HostedTypes types() {
        return new HostedTypes(List.of(PATIENT, ENCOUNTER));
    }
}
