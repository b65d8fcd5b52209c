package org.carelog.encounter;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Domain;
import org.carelog.fhir.HostedType.Hosting;
import org.carelog.fhir.HostedTypes;

/** What encounter-service hosts: it owns Encounter, and keeps a copy of every Patient. */
final class EncounterServiceTypes {
    static final HostedType ENCOUNTER = new HostedType(
            "Encounter",
            Hosting.OWNED,
            Domain.CARE,
            new Compartment.Through(List.of("Encounter.subject")),
            List.of("patient", "subject", "date", "status", "class", "identifier"),
            List.of());

    static final HostedType PATIENT = new HostedType(
            "Patient",
            Hosting.PROJECTED,
            Domain.IDENTITY,
            new Compartment.Self(),
            List.of("identifier", "name", "family", "given", "birthdate", "gender"),
            List.of());

    @Produces
    @Singleton
    HostedTypes types() {
        return new HostedTypes(List.of(ENCOUNTER, PATIENT));
    }
}
