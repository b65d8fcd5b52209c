package org.carelog.audit.journal;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How a service keeps and ships its audit journal. None of these settings turns it off. */
@ConfigMapping(prefix = "carelog.audit")
public interface JournalConfig {
    /** The name under which this service's sequence is kept for ever, such as {@code patient-service}. */
    String source();

    @WithDefault("carelog.access.recorded.v1")
    String topic();

    /** How long an answer waits for its entry to be durable before it becomes a 503. */
    @WithDefault("2s")
    Duration recordTimeout();

    /** The most entries that share a commit. */
    @WithDefault("256")
    int batchSize();

    /**
     * The most bytes of entries that may wait to be sent: at the limit all requests answer 503 until the topic takes some, and
     * from half of it on the service is not well.
     */
    @WithDefault("2G")
    MemorySize unshippedLimit();

    /**
     * The most bytes that the service's database may have: at the limit all requests answer 503, and from nine tenths of it on the
     * service is not well. A database that finds its disk full does not even stop in order.
     */
    Optional<MemorySize> databaseLimit();

    /** How long a committed write's entry may wait for others before a seal is made for it alone. */
    @WithDefault("50ms")
    Duration sealDelay();

    /** How long sealed entries may wait for others to be sent together with them. */
    @WithDefault("50ms")
    Duration shipDelay();

    /** How often entries of other replicas are looked for; this one's are told at once. */
    @WithDefault("250ms")
    Duration pollInterval();
}
