package org.carelog.local.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells a process from a later one that got its number. */
public final class ProcessMark {

    /** The time of a process's start is counted from the machine's, which moves when the clock is set. */
    private static final long TOLERANCE = Duration.ofSeconds(5).toMillis();

    private ProcessMark() {}

    /** 0 where the system does not say when a process was started. */
    public static long of(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The process, if it still runs. */
    public static Optional<ProcessHandle> find(long pid, long mark) {
        return pid <= 0
                ? Optional.empty()
                : ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> Math.abs(of(process) - mark) <= TOLERANCE);
    }
}
