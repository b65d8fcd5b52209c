package org.carelog.events;

/** The producer cannot go on; a new one may. */
final class PublisherBroken extends Exception {
    private static final long serialVersionUID = 1L;

    PublisherBroken(Exception cause) {
        super(cause.getClass().getSimpleName(), cause);
    }
}
