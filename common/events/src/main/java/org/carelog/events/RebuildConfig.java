package org.carelog.events;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** From where copies are rebuilt. */
@ConfigMapping(prefix = "carelog.rebuild")
interface RebuildConfig {
    /** The owner's state topic, by the channel whose copies it has. */
    Map<String, String> topic();
}
