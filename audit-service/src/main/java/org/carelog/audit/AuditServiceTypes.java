package org.carelog.audit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.registry.TypeRegistry;

/** What audit-service hosts: AuditEvent, which it makes of the ledger and nobody writes. */
public final class AuditServiceTypes {
    @Produces
    @Singleton
    public HostedTypes types() {
        // one AuditEvent a request: no index rows but those that somebody asks by
        return TypeRegistry.ofClassPath()
                .hostedBy("audit-service")
                .with(
                        "AuditEvent",
                        type -> type.readOnly()
                                .searchedBy(
                                        "patient",
                                        "agent",
                                        "agent-name",
                                        "agent-role",
                                        "altid",
                                        "address",
                                        "date",
                                        "action",
                                        "outcome",
                                        "policy",
                                        "entity",
                                        "entity-role",
                                        "entity-type",
                                        "type",
                                        "subtype",
                                        "source",
                                        "site"));
    }
}
