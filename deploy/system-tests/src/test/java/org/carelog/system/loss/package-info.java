/** Whether every answer that a client got is in the ledger, whatever died meanwhile. */
package org.carelog.system.loss;
