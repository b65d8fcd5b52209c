package org.carelog.audit.journal;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether every access is recorded, whatever anybody does: not well where recording could be stopped, stopped or not. */
@Wellness
@ApplicationScoped
class RecordingCheck implements HealthCheck {
    private final Recording recording;

    RecordingCheck(Recording recording) {
        this.recording = recording;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit recording")
                .status(!recording.isAtRisk())
                .withData("stopped", recording.isStopped())
                .build();
    }
}
