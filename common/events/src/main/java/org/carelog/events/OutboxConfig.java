package org.carelog.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the relay works. */
@ConfigMapping(prefix = "carelog.outbox")
interface OutboxConfig {

    /** The relay looks at the table at least so often; commits of this process wake it at once. */
    @WithDefault("250ms")
    Duration pollInterval();

    /** How often the state topic is brought up to date: what is written more often than that is published once. */
    @WithDefault("200ms")
    Duration stateInterval();

    /** How long a relay waits before it tries again: to become the owner, or after the broker or database failed it. */
    @WithDefault("1s")
    Duration retryInterval();

    /** How long a key is held, the others going on, after one of its events could not be published. */
    @WithDefault("30s")
    Duration holdInterval();

    /** Above this age of the oldest pending event the wellness check says that something is wrong. */
    @WithDefault("5m")
    Duration alarmAge();
}
