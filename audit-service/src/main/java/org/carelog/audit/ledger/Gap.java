package org.carelog.audit.ledger;

/** Numbers of a source, both inclusive, that were missing when a later one came. */
public record Gap(long firstSeq, long lastSeq) {}
