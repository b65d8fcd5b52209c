/** Whether the whole ledger, and what is searched of it, is what it was: {@code docs/audit.md}, Checking the whole ledger. */
package org.carelog.audit.check;
