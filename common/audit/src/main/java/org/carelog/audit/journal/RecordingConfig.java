package org.carelog.audit.journal;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** What a benchmark of the audit log's cost needs; in production a service does not start with it. */
@ConfigMapping(prefix = "carelog.chaos")
interface RecordingConfig {

    /** A directory: while a file {@code <service>.unrecorded} is there, that service records nothing. */
    Optional<Path> unrecorded();
}
