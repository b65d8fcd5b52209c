package org.carelog.events;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What tests of faults need; in production a service does not start with it. */
@ConfigMapping(prefix = "carelog.chaos")
interface ChaosConfig {

    /** A directory: where a file {@code <service>.<failpoint>} appears, that service's process dies when it comes by. */
    Optional<Path> failpoints();

    /** By the name of a service, how wrong its clock is. */
    Map<String, Duration> clocks();
}
