package org.carelog.local.load;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between attempts, and when to give up.
 *
 * @param first the wait after the first attempt; each further one is twice as long
 * @param longest no wait is longer, whatever the server asks for
 * @param giveUpAfter counted from the first attempt
 */
record Retries(Duration first, Duration longest, Duration giveUpAfter) {

    static final Retries DEFAULT = new Retries(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(60));

    /**
     * The wait after the given number of attempts, with up to half of it random so that clients do not come back
     * together.
     *
     * @param retryAfter what the server asked for, zero for nothing
     */
    Duration pause(int attempts, Duration retryAfter) {
        Duration doubled = first.multipliedBy(1L << Math.min(attempts - 1, 20));
        Duration wanted = retryAfter.compareTo(doubled) > 0 ? retryAfter : doubled;
        Duration bounded = wanted.compareTo(longest) > 0 ? longest : wanted;
        long millis = bounded.toMillis();
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
