package org.carelog.validation;

import jakarta.inject.Singleton;
import java.util.List;

/** The definitions, read when somebody first asks for them: a service where nobody does pays nothing. Thread-safe. */
@Singleton
class LoadedDefinitions {
    private final ValidationConfig config;
    private Definitions definitions;

    LoadedDefinitions(ValidationConfig config) {
        this.config = config;
    }

    synchronized Definitions get() {
        if (definitions == null) {
            definitions = new Definitions(config.packages().orElse(List.of()));
        }
        return definitions;
    }
}
