package org.carelog.audit.watch;

import io.quarkus.arc.All;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Down while something has not been looked at for too long: what happens there is in the log later. */
@Wellness
@ApplicationScoped
class WatchCheck implements HealthCheck {
    private final List<Watcher> watchers;

    WatchCheck(@All List<Watcher> watchers) {
        this.watchers = watchers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("audit watch")
                .status(watchers.stream().allMatch(Watcher::isWell));
        watchers.forEach(watcher -> response.withData(
                watcher.name() + " late seconds", watcher.lateness().toSeconds()));
        return response.build();
    }
}
