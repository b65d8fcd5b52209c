package org.carelog.local.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.carelog.local.process.Command;

/** One process of the system: how it is started, and how one knows that it works. */
public interface Part {

    String name();

    /** The port that it is known by. */
    int port();

    Path log();

    /** The names of those that must be ready before it is started. */
    Set<String> needs();

    /** Everything to be done before the process is there; blocks. Says how to start it. */
    Command prepare() throws Exception;

    /** Whether it works; blocks for seconds at most. */
    boolean answers();

    /** What is to be done when it answers, before others may use it; blocks. */
    default void complete() throws Exception {}

    /** How long it may take from its start until it answers; a busy machine takes ten times what an idle one does. */
    default Duration patience() {
        return Duration.ofMinutes(4);
    }
}
