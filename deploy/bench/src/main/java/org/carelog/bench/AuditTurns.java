package org.carelog.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.bench.client.Timeline;
import org.carelog.bench.report.AuditCost;
import org.carelog.bench.report.Usage;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;

/**
 * A scenario with recording and without, by turns in the same processes, each from rest: what recording gives Kafka and audit-service
 * to do is done by then.
 */
final class AuditTurns {

    private final RunningSystem running;
    private final Rest rest;
    private final RecordingSwitch recording;
    private final Supplier<FhirClient> each;
    private final Map<String, Long> failures = new TreeMap<>();

    AuditTurns(
            RunningSystem running, FhirClients clients, Records records, RecordingSwitch recording, Scenario scenario) {
        this.running = running;
        this.rest = new Rest(running);
        this.recording = recording;
        this.each = () -> {
            Supplier<Request> requests = scenario.requests(records);
            return clients.client(() -> Optional.of(requests.get()));
        };
    }

    /** Rounds in which the one and the other begin by turns, so that what a machine does slowly meanwhile hits both. */
    List<AuditCost.Round> rounds(int count, ClosedLoop loop) throws Exception {
        List<AuditCost.Round> rounds = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            boolean recordedFirst = round % 2 == 0;
            AuditCost.Turn first = turn(recordedFirst, loop);
            AuditCost.Turn second = turn(!recordedFirst, loop);
            rounds.add(recordedFirst ? new AuditCost.Round(first, second) : new AuditCost.Round(second, first));
            System.err.printf("Round %d of %d: %s%n", round + 1, count, rounds.getLast());
        }
        return rounds;
    }

    /** @throws IOException when the service did not record what it was to, or something that it was not to */
    AuditCost.Turn turn(boolean recorded, ClosedLoop loop) throws Exception {
        rest.await();
        recording.turn(recorded);
        long before = recording.entries();
        Usage usage = new Usage(running.pids());
        Timeline timeline = loop.run(each, usage);
        long behind = rest.behind(Service.PATIENT);
        timeline.failures().forEach((how, many) -> failures.merge(how, many, Long::sum));
        long entries = recording.entries() - before;
        if (recorded ? entries < timeline.total() : entries > 0) {
            throw new IOException("patient-service recorded %d of %d requests, and was to record %s"
                    .formatted(entries, timeline.total(), recorded ? "all" : "none"));
        }
        return AuditCost.Turn.of(timeline, usage.uses(), behind);
    }

    /** Answers that were not expected, by what they were. */
    Map<String, Long> failures() {
        return failures;
    }
}
