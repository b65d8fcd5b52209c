package org.carelog.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.bench.client.Timeline;
import org.carelog.bench.limit.Limit;
import org.carelog.bench.report.Profile;
import org.carelog.bench.report.Report;
import org.carelog.bench.report.Result;
import org.carelog.bench.report.Usage;
import org.carelog.local.platform.RunningSystem;

/** Measures scenarios: what clients see, what the system takes for it, and what it stores. */
final class Measurement {

    private final RunningSystem running;
    private final Rest rest;
    private final FhirClients clients;
    private final Records records;
    private final Map<Limit, Double> limits;
    private final Report report;

    Measurement(RunningSystem running, FhirClients clients, Records records, Map<Limit, Double> limits, Report report) {
        this.running = running;
        this.rest = new Rest(running);
        this.clients = clients;
        this.records = records;
        this.limits = limits;
        this.report = report;
    }

    /** How fast it is, from rest. */
    Result measure(Scenario scenario, ClosedLoop loop) throws Exception {
        rest.await();
        if (scenario.searches()) {
            clients.mustFind(scenario.requests(records).get());
        }
        Disk disk = scenario.stores() ? Disk.now(running) : null;
        Map<String, Long> pids = new TreeMap<>(running.pids());
        pids.put("bench", ProcessHandle.current().pid());
        Usage usage = new Usage(pids);
        Timeline timeline = loop.run(() -> client(scenario), usage);
        if (disk != null) {
            rest.await();
            report.stored(disk.growth(timeline.total()));
        }
        return report.result(Result.of(
                scenario.id(), scenario.unit(), loop.clients(), timeline, against(scenario, loop), usage.uses()));
    }

    /** Where a part spends its time meanwhile: measured anew, since looking at it takes time too. */
    void profile(Scenario scenario, ClosedLoop loop, String part) throws Exception {
        String title = "%s-%d, %s".formatted(scenario.id(), loop.clients(), part);
        Path recording = report.file(title.replace(", ", "-") + ".jfr");
        try (Profile _ = new Profile(pid(part), loop.warmUp(), recording)) {
            loop.run(() -> client(scenario));
        }
        report.profile(title, recording);
    }

    private FhirClient client(Scenario scenario) {
        Supplier<Request> requests = scenario.requests(records);
        return clients.client(() -> Optional.of(requests.get()));
    }

    private Result.Against against(Scenario scenario, ClosedLoop loop) {
        Peer peer = scenario.peer(loop.clients()).orElse(Peer.UNKNOWN);
        Map<String, Double> most = new TreeMap<>();
        scenario.limits().forEach(limit -> most.put(limit.name(), limits.get(limit)));
        return new Result.Against(peer.perSecond(), peer.p99(), scenario.aim(), most);
    }

    private long pid(String part) throws IOException {
        Long pid = running.pids().get(part);
        if (pid == null) {
            throw new IOException("There is no part " + part + "; there are "
                    + String.join(", ", running.pids().keySet()));
        }
        return pid;
    }
}
