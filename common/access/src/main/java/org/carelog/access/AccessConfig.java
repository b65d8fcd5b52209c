package org.carelog.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How it is found out who asks. */
@ConfigMapping(prefix = "carelog.access")
public interface AccessConfig {
    /**
     * How long a token that was verified is taken without being verified again, and never after it has expired. That
     * the issuer has taken back its key is not noticed by verifying alone, since keys are fetched when one is not known. Zero verifies every time.
     */
    @WithDefault("60s")
    Duration verifiedFor();
}
