package org.carelog.audit.ingest;

import jakarta.inject.Singleton;
import java.util.Collection;
import org.carelog.fhir.FhirJson;
import org.carelog.records.interaction.Append;

/** The searchable form of the ledger. */
@Singleton
final class AuditEvents {
    private final Append append;

    AuditEvents(Append append) {
        this.append = append;
    }

    /** Puts events, in the caller's transaction; each once, however often it comes. */
    void append(Collection<BalpEvents.BalpEvent> events) {
        append.append(events.stream()
                .map(event -> new Append.Made(FhirJson.of(event.resource()), event.patientId()))
                .toList());
    }
}
