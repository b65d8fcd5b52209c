/** How long the ledger keeps what it has: {@code docs/audit.md}, Retention. */
package org.carelog.audit.retention;
