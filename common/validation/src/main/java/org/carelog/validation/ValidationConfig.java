package org.carelog.validation;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code $validate} knows and may take. */
@ConfigMapping(prefix = "carelog.validation")
public interface ValidationConfig {
    /** Packages of FHIR R4 definitions, as {@code .tgz} files, beside R4 itself. */
    Optional<List<Path>> packages();

    /** The largest resource that is validated; a larger one answers 413. Validation takes up to a hundred times as much memory. */
    @WithDefault("256K")
    MemorySize maxSize();

    /** How long one validation may take, and how long it may wait for those before it. */
    @WithDefault("20s")
    Duration timeout();
}
