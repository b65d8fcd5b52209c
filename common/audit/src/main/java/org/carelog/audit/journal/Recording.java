package org.carelog.audit.journal;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carelog.events.Production;
import org.jboss.logging.Logger;

/**
 * Whether this process records anything. It does; but a benchmark may have it stop for a while, to compare (docs/adr/0037), and in
 * production nobody. The journal has an entry of each stop and of each end of one. Changed by the journal's thread; thread-safe otherwise.
 */
@Singleton
final class Recording {
    private static final Logger LOG = Logger.getLogger(Recording.class);

    private final RecordingConfig config;
    private final String service;
    /** The file that stops it; null: nothing does. */
    private volatile Path stop;

    private volatile boolean stopped;

    Recording(RecordingConfig config, JournalConfig journal) {
        this.config = config;
        this.service = journal.source();
    }

    /** Before anything is recorded. */
    void prepare(@Observes @Priority(1) StartupEvent event) {
        prepare(ConfigUtils.getProfiles());
    }

    /** @throws IllegalStateException in production, when it could be stopped there */
    void prepare(List<String> profiles) {
        if (config.unrecorded().isEmpty()) {
            return;
        }
        Production.refuse(profiles, "carelog.chaos.unrecorded", "it is for benchmarks alone");
        Path file = config.unrecorded().get().resolve(service + ".unrecorded");
        LOG.warnf("For a benchmark, this process records no access while there is a file %s", file);
        stop = file;
    }

    /** Whether it could be stopped, as it cannot in production. */
    boolean isAtRisk() {
        return stop != null;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether it is to stop, or to go on. */
    boolean isToTurn() {
        Path file = stop;
        return file != null && Files.exists(file) != stopped;
    }

    /** What the journal says of it, before it does. */
    Access turning() {
        UUID id = UUID.randomUUID();
        return new AccessBuilder()
                .id(id)
                .at(Instant.now())
                .interaction("security-configuration")
                .method("Event")
                .agent(new Agent("", "", service, List.of()))
                .requestId(id.toString())
                .operation(stopped ? "recording-resumed" : "recording-stopped")
                .details(Map.of("resource", "audit-journal"))
                .build();
    }

    void turn() {
        stopped = !stopped;
        if (stopped) {
            LOG.error("accesses are not recorded from now on, for a benchmark");
        } else {
            LOG.warn("accesses are recorded again");
        }
    }
}
