package org.carelog.events;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What a service publishes. */
@ConfigMapping(prefix = "carelog.events")
interface EventsConfig {

    /** The topic; without one the service publishes nothing and no relay starts. */
    Optional<String> topic();

    /** The topic with the state of each resource; needed with a topic. */
    Optional<String> stateTopic();

    /** The {@code ce_source}, such as {@code urn:carelog:patient-service}. Never changed: every event's id hangs on it. */
    Optional<String> source();

    /** The largest record; above the largest resource, and not above the topic's {@code max.message.bytes}. */
    @WithDefault("6M")
    MemorySize maxRecordSize();
}
