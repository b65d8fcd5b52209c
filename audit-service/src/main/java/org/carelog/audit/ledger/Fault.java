package org.carelog.audit.ledger;

/** An entry that is not as it was sealed. */
public record Fault(long seq, FaultKind kind) {}
