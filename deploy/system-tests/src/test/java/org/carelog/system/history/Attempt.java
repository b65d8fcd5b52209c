package org.carelog.system.history;

import java.util.List;

/**
 * One request, as its client knows it.
 *
 * @param requestId its {@code X-Request-Id}
 * @param user the user's name; empty: without a token
 * @param service the service that has to answer it
 * @param sent before the first byte left, by {@link System#nanoTime}
 * @param ended after the last byte came
 */
public record Attempt(
        String requestId, String user, String service, Asked asked, long sent, long ended, Ending ending) {

    /** Done, and the client knows. */
    public boolean isAcknowledged() {
        return ending instanceof Ending.Answered(int status, List<Version> shown, String body)
                && (status < 300 || status == 304);
    }

    /** Not done, and the client knows. */
    public boolean isRefused() {
        return ending instanceof Ending.Answered(int status, List<Version> shown, String body)
                && status >= 400
                && status < 500;
    }

    /** Perhaps done: no answer, or one that says that something failed. */
    public boolean isOpen() {
        return !isAcknowledged() && !isRefused();
    }

    /** The versions that the answer names or has. */
    public List<Version> shown() {
        return switch (ending) {
            case Ending.Answered answered -> answered.shown();
            case Ending.Unanswered u -> List.of();
        };
    }
}
