/**
 * A witness of the ledger: signs its checkpoints only as long as each continues the one before. A process with a key and a
 * store of its own, so that it is worth as much as whoever runs it is independent of who runs the ledger.
 */
package org.carelog.witness;
