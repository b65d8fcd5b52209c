package org.carelog.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** The faults of a run: each once, in an order by the seed, then all of them again. For one thread. */
final class Deck {
    private static final Duration SHORT = Duration.ofMillis(1500);
    /** Longer than a consumer's session, six seconds, and than the broker's, three. */
    private static final Duration LONG = Duration.ofMillis(7500);

    private static final List<String> PUBLISHERS = List.of("patient-service", "encounter-service");

    /** How many faults there are. */
    static final int SIZE = cards(new Random(0)).size();

    private final Random random;
    private final List<Fault> left = new ArrayList<>();

    Deck(Random random) {
        this.random = random;
    }

    /** The next one that may be now, those before it being put off. */
    Optional<Fault> next(Predicate<Fault> possible) {
        Optional<Fault> next = left.stream().filter(possible).findFirst();
        next.ifPresent(left::remove);
        // what is left has to wait for long, such as deaths of what died often
        if (next.isEmpty() && left.size() < SIZE / 2) {
            List<Fault> more = cards(random);
            Collections.shuffle(more, random);
            left.addAll(more);
        }
        return next;
    }

    private static List<Fault> cards(Random random) {
        List<Fault> cards = new ArrayList<>();
        for (String part :
                List.of("patient-service", "encounter-service", "audit-service", "kafka", "postgres", "gateway")) {
            cards.add(new Fault.Kill(part));
            cards.add(new Fault.Pause(part, SHORT));
        }
        cards.add(new Fault.Pause(PUBLISHERS.get(random.nextInt(2)), LONG));
        cards.add(new Fault.Pause("audit-service", LONG));
        cards.add(new Fault.Pause("kafka", LONG));
        int turn = random.nextInt(2);
        for (String failpoint : List.of("before-commit", "after-commit", "after-send", "after-ack", "before-delete")) {
            cards.add(new Fault.Halt(PUBLISHERS.get(turn++ % 2), failpoint));
        }
        for (Link.State how : List.of(Link.State.CLOSED, Link.State.SILENT, Link.State.DEAF)) {
            cards.add(new Fault.Cut("kafka", how, random.nextInt(4) == 0 ? LONG : SHORT));
            cards.add(new Fault.Cut("postgres", how, SHORT));
        }
        for (PoisonKind kind : PoisonKind.values()) {
            cards.add(new Fault.Poison("carelog.patient.changed.v1", kind));
            cards.add(new Fault.Poison("carelog.encounter.changed.v1", kind));
        }
        return cards;
    }
}
