package org.carelog.records.reconciliation;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether history and journal say the same. It does not stop the service from answering. */
@Wellness
@ApplicationScoped
class ReconciliationCheck implements HealthCheck {
    private final Reconciliations reconciliations;

    ReconciliationCheck(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<Reconciliation> last = reconciliations.last();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("audit reconciliation")
                .status(last.map(Reconciliation::differences).orElse(0L) == 0);
        last.ifPresent(run -> answer.withData("differences", run.differences())
                .withData("finished", run.finishedAt().toString()));
        return answer.build();
    }
}
