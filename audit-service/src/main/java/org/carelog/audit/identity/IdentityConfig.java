package org.carelog.audit.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How logins and changes of privileges get from Keycloak into the log. There is no setting that turns it off. */
@ConfigMapping(prefix = "carelog.identity")
public interface IdentityConfig {
    /** The realm in Keycloak's admin REST API; none: the one beside the realm whose tokens this service gets. */
    Optional<URI> adminUrl();

    /** How often Keycloak is asked. */
    @WithDefault("5s")
    Duration interval();

    /** How long it may not have answered. */
    @WithDefault("5m")
    Duration alarmAge();

    /** How much later than its time an event may appear: as long as a transaction of Keycloak's, and its clocks differ. */
    @WithDefault("6m")
    Duration overlap();
}
