/** Every access of every service, once, as it was sealed. Append-only. */
package org.carelog.audit.ledger;
