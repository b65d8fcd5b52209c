/** Takes in what the services seal, from the topic into the ledger and the AuditEvents. */
package org.carelog.audit.ingest;
