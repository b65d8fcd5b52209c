package org.carelog.local.load;

/** The load cannot go on; the message is a sentence for the user. What was loaded stays, and a second run is safe. */
final class LoadStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoadStoppedException(String sentence) {
        super(sentence);
    }
}
