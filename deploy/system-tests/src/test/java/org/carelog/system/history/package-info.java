/**
 * Judges what clients saw of a run against what the system says it did: rules over values, with nothing of the product's
 * code. Each rule is a sentence of the documents.
 */
package org.carelog.system.history;
