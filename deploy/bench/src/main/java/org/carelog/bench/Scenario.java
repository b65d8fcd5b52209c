package org.carelog.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.carelog.bench.limit.Limit;
import org.carelog.local.service.Service;

/** What is measured, beside what the peer did and what we aim at. */
enum Scenario {
    READ(
            "GET Patient/{id}",
            records -> records::read,
            "requests",
            Service.PATIENT,
            8,
            Set.of(Limit.ENDPOINT, Limit.SELECT),
            new Peer(16, 930, 43.4),
            new Peer(64, 1013, 181.4)),
    CREATE(
            "POST Patient",
            records -> records::create,
            "requests",
            Service.PATIENT,
            4,
            Set.of(Limit.ENDPOINT, Limit.INSERT),
            new Peer(16, 463, 70.6)),
    UPDATE(
            "PUT Patient/{id}",
            records -> records::update,
            "requests",
            Service.PATIENT,
            4,
            Set.of(Limit.ENDPOINT, Limit.INSERT),
            new Peer(16, 452, 63.6)),
    EVERYTHING(
            "GET Patient/{id}/$everything, first page",
            records -> records::everything,
            "requests",
            Service.ENCOUNTER,
            8,
            Set.of(Limit.ENDPOINT, Limit.SELECT),
            new Peer(16, 98.5, 290.7)),
    BUNDLES(
            "POST transaction, one owner's part of a person's record",
            Records::bundles,
            "resources",
            Service.ENCOUNTER,
            5,
            Set.of(Limit.INSERT),
            new Peer(4, 867, 27_413.6));

    private final String words;
    private final Function<Records, Supplier<Request>> requests;
    private final String unit;
    private final Service busiest;
    private final double aim;
    private final Set<Limit> limits;
    private final List<Peer> peers;

    Scenario(
            String words,
            Function<Records, Supplier<Request>> requests,
            String unit,
            Service busiest,
            double aim,
            Set<Limit> limits,
            Peer... peers) {
        this.words = words;
        this.requests = requests;
        this.unit = unit;
        this.busiest = busiest;
        this.aim = aim;
        this.limits = limits;
        this.peers = List.of(peers);
    }

    /** The requests of one client, without end. */
    Supplier<Request> requests(Records records) {
        return requests.apply(records);
    }

    /** Whether what it stores is measured too. */
    boolean stores() {
        return this == BUNDLES;
    }

    /** As it is named on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** What is counted a second. */
    String unit() {
        return unit;
    }

    /** The service that has most of the work. */
    Service busiest() {
        return busiest;
    }

    /** How many times what the peer did. */
    double aim() {
        return aim;
    }

    /** What each request needs at least one of. */
    Set<Limit> limits() {
        return limits;
    }

    List<Integer> clients() {
        return peers.stream().map(Peer::clients).toList();
    }

    /** Empty when it was not measured with so many clients. */
    Optional<Peer> peer(int clients) {
        return peers.stream().filter(peer -> peer.clients() == clients).findFirst();
    }
}
