package org.carelog.events;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Is everything applied that came? Not well as long as an operator has to look at a parked event; never a reason to take the service out of service. */
@Wellness
@ApplicationScoped
class ParkedHealth implements HealthCheck {
    private final ParkedEvents parked;

    ParkedHealth(ParkedEvents parked) {
        this.parked = parked;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, Long> counts = parked.counts();
        var answer = HealthCheckResponse.named("parked events");
        counts.forEach(answer::withData);
        return answer.status(counts.isEmpty()).build();
    }
}
