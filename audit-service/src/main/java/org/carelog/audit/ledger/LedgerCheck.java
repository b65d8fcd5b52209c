package org.carelog.audit.ledger;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Down while a source has a gap, and for ever once an entry was found that is not as it was sealed. */
@Wellness
@ApplicationScoped
class LedgerCheck implements HealthCheck {
    private final LedgerState state;

    LedgerCheck(LedgerState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit ledger")
                .status(state.openGaps() == 0 && state.faults() == 0)
                .withData("open gaps", state.openGaps())
                .withData("faults", state.faults())
                .build();
    }
}
