package org.carelog.events;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Lets tests have the process die at a {@link Failpoint} and its {@link ServiceClock} be wrong, and nobody in production. */
@Singleton
final class Chaos {
    private static final Logger LOG = Logger.getLogger(Chaos.class);

    private final ChaosConfig config;
    private final String service;

    Chaos(ChaosConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.config = config;
        this.service = service;
    }

    /** Before the relays begin, which pass the failpoints. */
    void prepare(@Observes @Priority(1) StartupEvent event) {
        prepare(ConfigUtils.getProfiles());
    }

    /** @throws IllegalStateException in production, when anything of it is set there */
    void prepare(List<String> profiles) {
        Duration shift = config.clocks().getOrDefault(service, Duration.ZERO);
        if (config.failpoints().isEmpty() && shift.isZero()) {
            return;
        }
        Production.refuse(profiles, "carelog.chaos.failpoints or carelog.chaos.clocks", "these are for tests alone");
        LOG.warnf("For a test, this process dies where it is told to, and its clock is wrong by %s", shift);
        config.failpoints().ifPresent(directory -> Failpoint.armBy(directory, service + "."));
        ServiceClock.shift(shift);
    }
}
