package org.carelog.audit.ingest;

import jakarta.inject.Singleton;
import org.carelog.records.interaction.Append;

/** The searchable form of the ledger. */
@Singleton
final class AuditEvents {
    private final Append append;

    AuditEvents(Append append) {
        this.append = append;
    }

    /** Puts the event, in the caller's transaction; once, however often it comes. */
    void append(BalpEvents.BalpEvent event) {
        append.append(event.resource().getIdElement().getIdPart(), event.patientId(), event.resource());
    }
}
