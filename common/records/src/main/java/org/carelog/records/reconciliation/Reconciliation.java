package org.carelog.records.reconciliation;

import java.time.Instant;
import java.util.List;

/**
 * How far the comparison of history and journal is, or how the last one ended.
 *
 * @param run its number
 * @param wantedRun the last one that somebody asked for
 * @param full whether it read the whole journal again
 * @param finishedAt of the last one that ended
 * @param firstSeq the first entry that it read
 * @param nextSeq where the next one begins
 * @param versions how many of the history it compared
 * @param differences what it found, with what was found in the journal since the last full one
 * @param differing the first of these: ids, versions and numbers only
 */
public record Reconciliation(
        long run,
        long wantedRun,
        boolean full,
        Instant begunAt,
        Instant finishedAt,
        long firstSeq,
        long nextSeq,
        long versions,
        long differences,
        List<String> differing) {

    public Reconciliation {
        differing = List.copyOf(differing);
    }

    /** Whether the last one that began has ended. */
    public boolean isFinished() {
        return !finishedAt.isBefore(begunAt);
    }
}
