/** What an auditor takes away from the ledger, with the proofs of it: {@code docs/audit-export.md}. */
package org.carelog.audit.export;
