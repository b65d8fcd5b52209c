/**
 * Compares the history of what this service owns with its journal, both ways: {@code docs/audit.md}, "Reconciliation", and ADR 0034.
 */
package org.carelog.records.reconciliation;
