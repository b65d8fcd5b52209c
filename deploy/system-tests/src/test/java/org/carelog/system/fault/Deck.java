package org.carelog.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.carelog.system.platform.Size;

/** The faults of a run: each once, in an order by the seed, then all of them again. For one thread. */
final class Deck {
    private static final Duration SHORT = Duration.ofMillis(1500);
    /** Longer than the database keeps the journal's shipping for who stands still, thirty seconds. */
    private static final Duration LONGEST = Duration.ofMillis(33_000);

    private static final List<String> PUBLISHERS = List.of("patient-service", "encounter-service");
    private static final List<String> SERVICES = List.of("patient-service", "encounter-service", "audit-service");

    private final Random random;
    private final Size size;
    /**
     * Longer than a consumer's session, six seconds, and than the broker's, three. Where others wait to take over, longer than
     * the database keeps a lock for who stands still, ten.
     */
    private final Duration lasting;

    private final List<Fault> left = new ArrayList<>();
    private int inAll;

    Deck(Random random, Size size) {
        this.random = random;
        this.size = size;
        this.lasting = Duration.ofMillis(size.replicas() > 1 ? 12_000 : 7_500);
    }

    /** The next one that may be now, those before it being put off. */
    Optional<Fault> next(Predicate<Fault> possible) {
        Optional<Fault> next = left.stream().filter(possible).findFirst();
        next.ifPresent(left::remove);
        if (next.isEmpty()) {
            shuffleIn();
        }
        return next;
    }

    private void shuffleIn() {
        // what is left has to wait for long, such as deaths of what died often
        if (left.size() <= inAll / 2) {
            List<Fault> more = cards();
            Collections.shuffle(more, random);
            left.addAll(more);
            inAll = more.size();
        }
    }

    private List<Fault> cards() {
        List<Fault> cards = new ArrayList<>();
        List<String> parts = new ArrayList<>(size.brokerNames());
        SERVICES.forEach(service -> parts.addAll(size.replicasOf(service)));
        parts.addAll(List.of("postgres", "gateway"));
        for (String part : parts) {
            cards.add(new Fault.Kill(part));
            cards.add(new Fault.Pause(part, SHORT));
        }
        cards.addAll(longPauses());
        int turn = random.nextInt(2);
        for (String failpoint : List.of("before-commit", "after-commit", "after-send", "after-ack", "before-delete")) {
            cards.add(new Fault.Halt(size.replicasOf(PUBLISHERS.get(turn++ % 2)), failpoint));
        }
        for (Link.State how : List.of(Link.State.CLOSED, Link.State.SILENT, Link.State.DEAF)) {
            cards.addAll(cuts(how));
        }
        for (PoisonKind kind : PoisonKind.values()) {
            cards.add(new Fault.Poison("carelog.patient.changed.v1", kind));
            cards.add(new Fault.Poison("carelog.encounter.changed.v1", kind));
        }
        return cards;
    }

    /** Somebody else has to do meanwhile what one did, if there is anybody. */
    private List<Fault> longPauses() {
        List<Fault> pauses = new ArrayList<>();
        for (String service : List.of(anyOf(PUBLISHERS), "audit-service")) {
            size.replicasOf(service).forEach(replica -> pauses.add(new Fault.Pause(replica, lasting)));
        }
        pauses.add(new Fault.Pause(anyOf(size.brokerNames()), lasting));
        if (size.replicas() > 1) {
            pauses.add(new Fault.Pause(anyOf(size.replicasOf(anyOf(SERVICES))), LONGEST));
        }
        if (size.brokers() > 1) {
            List<String> brokers = new ArrayList<>(size.brokerNames());
            Collections.shuffle(brokers, random);
            // what is left is not enough to take anything
            pauses.add(new Fault.Standstill(brokers.subList(0, size.brokers() / 2 + 1), lasting));
        }
        return pauses;
    }

    /** From all to each server; and where there are several, to one broker alone, or from one of each service's replicas. */
    private List<Fault> cuts(Link.State how) {
        List<Fault> cuts = new ArrayList<>();
        cuts.add(new Fault.Cut(size.brokerNames(), how, random.nextInt(4) == 0 ? lasting : SHORT));
        cuts.add(new Fault.Cut(size.replicasOf("postgres"), how, SHORT));
        if (size.brokers() > 1) {
            cuts.add(new Fault.Cut(List.of(anyOf(size.brokerNames())), how, lasting));
        }
        if (size.replicas() > 1) {
            cuts.add(new Fault.Cut(List.of(anyOf(size.replicasOf("postgres"))), how, lasting));
        }
        return cuts;
    }

    private String anyOf(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
