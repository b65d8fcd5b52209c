package org.carelog.audit.journal;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether so little room is left that somebody should look; when there is none, the service is not ready either. */
@Wellness
@ApplicationScoped
class RoomCheck implements HealthCheck {
    private final JournalRoom room;

    RoomCheck(JournalRoom room) {
        this.room = room;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit room")
                .status(!room.isAlarming())
                .withData("unshipped bytes", room.unshipped())
                .withData("database bytes", room.database())
                .build();
    }
}
