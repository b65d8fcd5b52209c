package org.carelog.audit.checkpoint;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the ledger's checkpoints are signed and where they go. */
@ConfigMapping(prefix = "carelog.checkpoint")
public interface CheckpointConfig {
    /** The secret Ed25519 key of the log, 32 bytes in base64. Who has it can sign for the log. */
    String key();

    /** The log's name, for ever: the origin of its checkpoints, and the name of its key. */
    @WithDefault("carelog/audit")
    String origin();

    /** The address of a witness that is asked to cosign each checkpoint, see C2SP tlog-witness; none: nobody is asked. */
    Optional<URI> witness();

    /** How often a checkpoint is signed, when there is something new. */
    @WithDefault("5s")
    Duration interval();

    /** After so many leaves that an instance added it does not wait for the interval's end. */
    @WithDefault("10000")
    long leaves();

    /** Where the checkpoints are written beside database and topic; none: nowhere. */
    Optional<Path> directory();

    /** The topic that has them all. */
    String topic();
}
