package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.carelog.fhir.CapabilityStatements;
import org.carelog.fhir.HostedTypes;
import org.carelog.records.RecordsConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this service can do, told once from its registry. */
@ApplicationScoped
class Capabilities {
    private final byte[] statement;

    Capabilities(
            HostedTypes types,
            RecordsConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.statement = CapabilityStatements.of(types, config.baseUrl(), version, Instant.now())
                .bytes();
    }

    Answer answer() {
        return Answer.of(200, statement);
    }
}
