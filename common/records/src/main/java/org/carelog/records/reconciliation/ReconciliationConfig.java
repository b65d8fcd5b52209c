package org.carelog.records.reconciliation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How history and journal are compared. */
@ConfigMapping(prefix = "carelog.reconciliation")
public interface ReconciliationConfig {
    /** How long after the end of one comparison the next one begins. */
    @WithDefault("1h")
    Duration interval();
}
