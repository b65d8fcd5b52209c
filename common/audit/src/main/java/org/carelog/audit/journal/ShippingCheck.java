package org.carelog.audit.journal;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the sequence on its way out is what was sealed. It does not stop the service from answering. */
@Wellness
@ApplicationScoped
class ShippingCheck implements HealthCheck {
    private final JournalMetrics metrics;

    ShippingCheck(JournalMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit chain")
                .status(metrics.isChainIntact())
                .withData("unshipped", metrics.unshipped())
                .build();
    }
}
