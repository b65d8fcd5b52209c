package org.carelog.audit.journal;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the journal cannot be written, or must not be: every answer would be 503. */
@Readiness
@ApplicationScoped
class JournalCheck implements HealthCheck {
    private final GroupCommit groupCommit;
    private final JournalRoom room;

    JournalCheck(GroupCommit groupCommit, JournalRoom room) {
        this.groupCommit = groupCommit;
        this.room = room;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit journal")
                .status(groupCommit.isAvailable() && !room.isFull())
                .build();
    }
}
