package org.carelog.audit.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Period;

/** What the ledger has to keep. */
@ConfigMapping(prefix = "carelog.ledger")
public interface RetentionConfig {
    /** How long an entry stays at least; a month goes when all of it is older. */
    @WithDefault("P10Y")
    Period retention();
}
