package org.carelog.events;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Is the outbox draining? Wellness, not readiness: without Kafka the service goes on, and taking it out of service would
 * turn late events into lost writes.
 */
@Wellness
@ApplicationScoped
class OutboxHealth implements HealthCheck {
    private final RelayLifecycle lifecycle;
    private final OutboxConfig config;

    OutboxHealth(RelayLifecycle lifecycle, OutboxConfig config) {
        this.lifecycle = lifecycle;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("outbox");
        lifecycle
                .relay()
                .flatMap(Relay::report)
                .ifPresentOrElse(
                        report -> answer.withData("owner", true)
                                .withData("pending", report.backlog().count())
                                .withData(
                                        "oldestSeconds",
                                        report.backlog().oldest().toSeconds())
                                .withData("heldKeys", report.heldKeys())
                                .status(report.heldKeys() == 0
                                        && report.backlog().oldest().compareTo(config.alarmAge()) < 0),
                        () -> answer.withData("owner", false).up());
        return answer.build();
    }
}
