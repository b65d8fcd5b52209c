package org.carelog.audit.journal;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the journal cannot be written: every answer would be 503. */
@Readiness
@ApplicationScoped
class JournalCheck implements HealthCheck {
    private final GroupCommit groupCommit;

    JournalCheck(GroupCommit groupCommit) {
        this.groupCommit = groupCommit;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit journal")
                .status(groupCommit.isAvailable())
                .build();
    }
}
