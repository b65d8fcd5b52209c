/**
 * Append-only logs that can be proved: Merkle trees of <a href="https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1">RFC
 * 9162, section 2.1</a>, and the notes, checkpoints, proofs and witnesses of <a href="https://c2sp.org">C2SP</a>.
 */
package org.carelog.proof;
