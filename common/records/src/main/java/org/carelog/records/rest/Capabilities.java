package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import org.carelog.fhir.CapabilityStatements;
import org.carelog.fhir.HostedTypes;
import org.carelog.records.RecordsConfig;
import org.carelog.records.index.ReadyParameters;
import org.carelog.records.index.ReadyParameters.Pending;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this service can do, told from its registry. */
@ApplicationScoped
class Capabilities {
    private final HostedTypes types;
    private final RecordsConfig config;
    private final String version;
    private final ReadyParameters ready;
    private final Instant started = Instant.now();
    private final byte[] whole;

    Capabilities(
            HostedTypes types,
            RecordsConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version,
            ReadyParameters ready) {
        this.types = types;
        this.config = config;
        this.version = version;
        this.ready = ready;
        this.whole = statement(types);
    }

    Answer answer() {
        Map<String, Pending> pending = ready.pending();
        return Answer.of(200, pending.isEmpty() ? whole : statement(without(pending)));
    }

    private byte[] statement(HostedTypes answering) {
        return CapabilityStatements.of(answering, config.baseUrl(), version, started)
                .bytes();
    }

    /** A search parameter is told of when it answers. */
    private HostedTypes without(Map<String, Pending> pending) {
        HostedTypes answering = types;
        for (Map.Entry<String, Pending> type : pending.entrySet()) {
            answering = answering.with(
                    type.getKey(),
                    hosted -> hosted.searchedBy(hosted.searchParameters().stream()
                            .filter(name -> !type.getValue().parameters().contains(name))
                            .toArray(String[]::new)));
        }
        return answering;
    }
}
