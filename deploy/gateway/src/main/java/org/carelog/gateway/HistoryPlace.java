package org.carelog.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version's place in the history of all services together: newest first and, of the same microsecond, in the order of the
 * services.
 *
 * @param service the rank of its service
 * @param micros since 1970
 * @param own the place as its service has it; begins with the time
 */
record HistoryPlace(int service, long micros, String own) implements Comparable<HistoryPlace> {
    private static final Pattern TOKEN = Pattern.compile("(\\d)\\.((\\d{1,18})-\\d{1,18}-\\d{1,18})");
    private static final long GREATEST = 999_999_999_999_999_999L;

    /** Empty when it is no {@link #token()}. */
    static Optional<HistoryPlace> of(String token) {
        Matcher matcher = TOKEN.matcher(token);
        return matcher.matches()
                ? Optional.of(new HistoryPlace(
                        Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(3)), matcher.group(2)))
                : Optional.empty();
    }

    String token() {
        return service + "." + own;
    }

    /** Where that service goes on: what it has at the same microsecond is behind this place, or before it. */
    String in(int other) {
        if (other == service) {
            return own;
        }
        long key = other < service ? 0 : GREATEST;
        return "%d-%d-%d".formatted(micros, key, key);
    }

    /** By service and time only: those of one service come in its own order. */
    @Override
    public int compareTo(HistoryPlace other) {
        return micros == other.micros ? Integer.compare(service, other.service) : Long.compare(other.micros, micros);
    }
}
