package org.carelog.records.store;

import java.time.Instant;

/**
 * The current state of a resource, without its content.
 *
 * @param key the row's own key, by which the index and the history refer to it
 * @param copy whether it is a copy of what another service owns
 */
public record Head(long key, long version, Instant lastUpdated, boolean deleted, String patientId, boolean copy) {}
