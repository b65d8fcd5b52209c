package org.carelog.proof;

/** What should be a note, a checkpoint, a proof or a key is not in its form. The message repeats nothing of it. */
public final class MalformedProof extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedProof(String message) {
        super(message);
    }
}
