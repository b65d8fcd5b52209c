/** What the ledger says of itself, signed, and kept where the ledger's database is not. */
package org.carelog.audit.checkpoint;
