package org.carelog.bench.record;

import org.carelog.local.service.Service;

/**
 * What one service owns of a person's record, or a piece of that, as one transaction.
 *
 * @param resources how many it writes
 */
public record Part(Service owner, Template transaction, int resources) {}
