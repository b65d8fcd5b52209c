package org.carelog.system.fault;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Something bad that happens to a part of the system, or between two of them. */
sealed interface Fault {

    /** To whom. What happens to one happens one after the other. */
    Set<String> parts();

    /** {@code kill -9}: it is started again by what watches it. */
    record Kill(String part) implements Fault {
        @Override
        public Set<String> parts() {
            return Set.of(part);
        }

        @Override
        public String toString() {
            return "kill " + part;
        }
    }

    /** It stands still, with all its processes, and goes on. */
    record Pause(String part, Duration time) implements Fault {
        @Override
        public Set<String> parts() {
            return Set.of(part);
        }

        @Override
        public String toString() {
            return "pause %s %s".formatted(part, seconds(time));
        }
    }

    /** So many brokers stand still that Kafka takes nothing. */
    record Standstill(List<String> brokers, Duration time) implements Fault {
        @Override
        public Set<String> parts() {
            return Set.copyOf(brokers);
        }

        @Override
        public String toString() {
            return "pause %s %s".formatted(String.join(" and ", brokers), seconds(time));
        }
    }

    /** What is between servers and the services fails. */
    record Cut(List<String> servers, Link.State how, Duration time) implements Fault {
        @Override
        public Set<String> parts() {
            return servers.stream().map(server -> "the way to " + server).collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return "the way to %s %s %s".formatted(String.join(" and ", servers), how.word(), seconds(time));
        }
    }

    /** That one of a service's dies by which the next request or event comes there. */
    record Halt(List<String> replicas, String failpoint) implements Fault {
        /** Its first replica has its name. */
        String service() {
            return replicas.getFirst();
        }

        @Override
        public Set<String> parts() {
            return Set.copyOf(replicas);
        }

        @Override
        public String toString() {
            return "%s dies %s".formatted(String.join(" or ", replicas), failpoint.replace('-', ' '));
        }
    }

    /** What is no event is on a topic. */
    record Poison(String topic, PoisonKind kind) implements Fault {
        @Override
        public Set<String> parts() {
            return Set.of(topic);
        }

        @Override
        public String toString() {
            return "%s on %s".formatted(kind.words(), topic);
        }
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
