package org.carelog.system.history;

import java.util.List;

/** How a request ended, as far as its client knows. */
public sealed interface Ending {

    /**
     * An answer.
     *
     * @param shown the versions it names or has
     * @param body {@link Content#digest} of its bytes; null: it has none
     */
    record Answered(int status, List<Version> shown, String body) implements Ending {
        public Answered {
            shown = List.copyOf(shown);
        }
    }

    /** None, or none that can be understood: the request may have been done or not. */
    record Unanswered(String why) implements Ending {}
}
