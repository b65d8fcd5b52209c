/**
 * The auditor's program: whether an export of the audit log is what the log signed, by its public key alone. It shares the
 * proofs with the log, and nothing else: what a leaf must hold is written here a second time, from {@code docs/audit.md}.
 */
package org.carelog.verify;
