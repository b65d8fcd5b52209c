package org.carelog.audit.checkpoint;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a test may choose. */
record TestConfig(Optional<Path> directory, Optional<URI> witness) implements CheckpointConfig {
    @Override
    public String key() {
        return "";
    }

    @Override
    public String origin() {
        return "carelog/audit";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public long leaves() {
        return Long.MAX_VALUE;
    }

    @Override
    public String topic() {
        return "";
    }
}
