package org.carelog.audit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Domain;
import org.carelog.fhir.HostedType.Hosting;
import org.carelog.fhir.HostedTypes;

/** What audit-service hosts: AuditEvent, which it makes of the ledger and nobody writes. */
final class AuditServiceTypes {
    static final HostedType AUDIT_EVENT = new HostedType(
            "AuditEvent",
            Hosting.READ_ONLY,
            Domain.AUDIT,
            new Compartment.Outside(),
            List.of(
                    "patient",
                    "agent",
                    "agent-name",
                    "agent-role",
                    "address",
                    "date",
                    "action",
                    "outcome",
                    "entity",
                    "type",
                    "subtype",
                    "source",
                    "site"),
            List.of());

    @Produces
    @Singleton
    HostedTypes types() {
        return new HostedTypes(List.of(AUDIT_EVENT));
    }
}
