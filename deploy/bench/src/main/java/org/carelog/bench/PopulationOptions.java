package org.carelog.bench;

import org.carelog.local.platform.Installation;
import picocli.CommandLine.Option;

/** Of each command that needs Synthea's people: how many, and which. */
final class PopulationOptions {

    @Option(names = "--synthea", paramLabel = "N", defaultValue = "20", description = "People of the population.")
    private int people;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "42", description = "Of the population.")
    private long seed;

    int people() {
        return people;
    }

    /** @param patients how many are written beside them */
    Preparation preparation(Installation installation, int patients) {
        return new Preparation(installation, people, seed, patients);
    }
}
