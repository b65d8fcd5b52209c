package org.carelog.audit.disclosure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How it is found out which events were handed to whom. There is no setting that turns it off. */
@ConfigMapping(prefix = "carelog.disclosure")
public interface DisclosureConfig {
    /** How often it is looked how far consumer groups are. */
    @WithDefault("5s")
    Duration interval();

    /** How long it may not have been looked. */
    @WithDefault("5m")
    Duration alarmAge();

    /** What the names of our own services' groups begin with; all others are somebody else's. */
    @WithDefault("patient-service,encounter-service,audit-service")
    List<String> ownGroups();

    /** The realm's clients with whose names the broker makes names of groups begin; a group of none of them has its own name. */
    @WithDefault("integration-engine")
    List<String> clients();
}
