package org.carelog.system.fault;

import java.time.Duration;

/** Something bad that happens to a part of the system, or between two of them. */
sealed interface Fault {

    /** To whom. What happens to one happens one after the other. */
    String part();

    /** {@code kill -9}: it is started again by what watches it. */
    record Kill(String part) implements Fault {
        @Override
        public String toString() {
            return "kill " + part;
        }
    }

    /** It stands still, with all its processes, and goes on. */
    record Pause(String part, Duration time) implements Fault {
        @Override
        public String toString() {
            return "pause %s %.1f s".formatted(part, time.toMillis() / 1000.0);
        }
    }

    /** What is between a server and the services fails. */
    record Cut(String server, Link.State how, Duration time) implements Fault {
        @Override
        public String part() {
            return "the way to " + server;
        }

        @Override
        public String toString() {
            return "%s %s %.1f s".formatted(part(), how.word(), time.toMillis() / 1000.0);
        }
    }

    /** It dies at the next request or event that comes by there. */
    record Halt(String part, String failpoint) implements Fault {
        @Override
        public String toString() {
            return "%s dies %s".formatted(part, failpoint.replace('-', ' '));
        }
    }

    /** What is no event is on a topic. */
    record Poison(String topic, PoisonKind kind) implements Fault {
        @Override
        public String part() {
            return topic;
        }

        @Override
        public String toString() {
            return "%s on %s".formatted(kind.words(), topic);
        }
    }
}
