package org.carelog.bench.record;

/**
 * What one service owns of a person's record, or a piece of that, as one transaction.
 *
 * @param resources how many it writes
 */
public record Part(Template transaction, int resources) {}
