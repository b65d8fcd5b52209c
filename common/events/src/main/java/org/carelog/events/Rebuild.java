package org.carelog.events;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the copies of a channel are rebuilt, or the last time were.
 *
 * @param finishedAt empty: it goes on
 * @param total records of the state topic when it began, at most
 * @param done how many of these were read or are no longer there
 * @param written copies that were missing or older
 * @param renewed copies that were up to date and were indexed anew
 * @param different copies with another content than their owner's of the same version: these are faults
 * @param failed records that are no events or could not be applied: these, too
 */
public record Rebuild(
        String channel,
        Instant begunAt,
        Optional<Instant> finishedAt,
        long total,
        long done,
        long written,
        long renewed,
        long different,
        long failed) {}
