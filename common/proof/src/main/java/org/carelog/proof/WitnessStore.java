package org.carelog.proof;

import java.util.Optional;

/** What a witness remembers: of each log the last checkpoint that it signed. */
public interface WitnessStore {
    Optional<Checkpoint> latest(String origin);

    /** Returns when it is durable. */
    void keep(Checkpoint checkpoint);
}
