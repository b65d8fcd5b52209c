package org.carelog.bench;

import java.util.EnumSet;
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
            Data.PATIENTS,
            Service.PATIENT,
            8,
            Set.of(Limit.ENDPOINT, Limit.SELECT),
            new Peer(16, 930, 43.4),
            new Peer(64, 1013, 181.4)),
    CREATE(
            "POST Patient",
            records -> records::create,
            Data.NONE,
            Service.PATIENT,
            4,
            Set.of(Limit.ENDPOINT, Limit.INSERT),
            new Peer(16, 463, 70.6)),
    UPDATE(
            "PUT Patient/{id}",
            records -> records::update,
            Data.PATIENTS,
            Service.PATIENT,
            4,
            Set.of(Limit.ENDPOINT, Limit.INSERT),
            new Peer(16, 452, 63.6)),
    EVERYTHING(
            "GET Patient/{id}/$everything, first page",
            records -> records::everything,
            Data.POPULATION,
            Service.ENCOUNTER,
            8,
            Set.of(Limit.ENDPOINT, Limit.SELECT),
            new Peer(16, 98.5, 290.7)),
    IDENTIFIER(Search.IDENTIFIER, Data.PATIENTS, Service.PATIENT, 8, new Peer(16, 493, 66.7)),
    NAME(Search.NAME, Data.PATIENTS, Service.PATIENT, 6, new Peer(16, 433, 82.5)),
    ENCOUNTERS(Search.ENCOUNTERS, Data.POPULATION, Service.ENCOUNTER, 8, new Peer(16, 255, 122.1)),
    CHAIN(Search.CHAIN, Data.POPULATION, Service.ENCOUNTER, 0, Peer.UNKNOWN),
    INCLUDE(Search.INCLUDE, Data.POPULATION, Service.ENCOUNTER, 0, Peer.UNKNOWN),
    REVINCLUDE(Search.REVINCLUDE, Data.POPULATION, Service.ENCOUNTER, 0, Peer.UNKNOWN),
    BUNDLES(
            "POST transaction, one owner's part of a person's record",
            Records::bundles,
            Data.POPULATION,
            Service.ENCOUNTER,
            5,
            Set.of(Limit.INSERT),
            new Peer(4, 867, 27_413.6));

    /** What is there before. */
    enum Data {
        NONE,
        /** Many Patients, with numbers. */
        PATIENTS,
        /** Fewer people with all their records. */
        POPULATION
    }

    private final String words;
    private final Function<Records, Supplier<Request>> requests;
    private final Data data;
    private final Service busiest;
    private final double aim;
    private final Set<Limit> limits;
    private final List<Peer> peers;

    Scenario(
            String words,
            Function<Records, Supplier<Request>> requests,
            Data data,
            Service busiest,
            double aim,
            Set<Limit> limits,
            Peer... peers) {
        this.words = words;
        this.requests = requests;
        this.data = data;
        this.busiest = busiest;
        this.aim = aim;
        this.limits = limits;
        this.peers = List.of(peers);
    }

    Scenario(Search search, Data data, Service busiest, double aim, Peer peer) {
        this(
                search.words(),
                records ->
                        () -> search.about(data == Data.PATIENTS ? records.patient() : records.personOfThePopulation()),
                data,
                busiest,
                aim,
                Set.of(Limit.ENDPOINT, Limit.SELECT),
                peer);
    }

    /** The requests of one client, without end. */
    Supplier<Request> requests(Records records) {
        return requests.apply(records);
    }

    /** Whether it finds something, which is worth nothing else. */
    boolean searches() {
        return EnumSet.range(IDENTIFIER, REVINCLUDE).contains(this);
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
        return this == BUNDLES ? "resources" : "requests";
    }

    Data data() {
        return data;
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
