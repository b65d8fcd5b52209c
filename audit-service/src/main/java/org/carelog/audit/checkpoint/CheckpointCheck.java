package org.carelog.audit.checkpoint;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Down, for as long as the process lives, once the ledger was not what was signed. */
@Wellness
@ApplicationScoped
class CheckpointCheck implements HealthCheck {
    private final CheckpointState state;

    CheckpointCheck(CheckpointState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit checkpoints")
                .status(state.isIntact())
                .withData("published size", state.size())
                .withData("witnessed size", state.witnessedSize())
                .build();
    }
}
