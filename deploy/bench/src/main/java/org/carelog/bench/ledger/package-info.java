/** How fast the ledger takes in, proves, is exported and answers. */
package org.carelog.bench.ledger;
