package org.carelog.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** From where the copies of a channel are rebuilt. */
@ConfigMapping(prefix = "carelog.rebuild")
interface RebuildConfig {
    /** By channel. */
    @WithParentName
    Map<String, Source> channels();

    /** The owner's state topic. */
    interface Source {
        String topic();
    }
}
