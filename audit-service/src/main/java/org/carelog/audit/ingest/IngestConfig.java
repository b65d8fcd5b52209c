package org.carelog.audit.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger takes in what the services seal. */
@ConfigMapping(prefix = "carelog.ingest")
public interface IngestConfig {
    @WithDefault("carelog.access.recorded.v1")
    String topic();

    /** The consumer group; where it stands is kept in the ledger's database, not by the broker. */
    @WithDefault("audit-service")
    String group();

    /** The most entries that share a transaction. */
    @WithDefault("250")
    int batchSize();

    /** How long the broker may wait for more entries before it hands out a few: they are cheap together. */
    @WithDefault("100ms")
    Duration batchDelay();
}
