package org.carelog.bench.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.Callable;
import org.carelog.bench.report.Table;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.process.Memory;
import org.carelog.local.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog bench backlog}. Makes no record: what is put onto the topic was there before. */
@Command(
        name = "backlog",
        mixinStandardHelpOptions = true,
        description = {
            "What becomes of encounter-service when it finds that many events it has yet to read: how fast it catches up,",
            "and what it has resident meanwhile. It stands still while patients' events are put onto their topic again."
        })
public final class BacklogCommand implements Callable<Integer> {

    private static final String TOPIC = "carelog.patient.changed.v1";
    private static final long BETWEEN_LOOKS_MS = 500;

    private final Installation installation;

    @Option(names = "--events", paramLabel = "N", defaultValue = "1000000", description = "That wait for it.")
    private long events;

    private record Look(long nanos, long behind, long residentBytes) {}

    /** @param installation that runs */
    public BacklogCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        long pid = running.pids().get(Service.ENCOUNTER.id());
        Repetition repetition = new Repetition(TOPIC, running.kafkaAsAdministrator());
        if (repetition.size() == 0) {
            throw new IOException("There are no events on " + TOPIC + ". Write patients before: ./carelog demo");
        }
        try (Copies copies = new Copies(running.kafkaAsAdministrator())) {
            List<Look> looks = new ArrayList<>();
            signal("STOP", pid);
            try {
                System.out.printf(
                        "%d events of %d different ones are put onto %s.%n", events, repetition.size(), TOPIC);
                repetition.put(events);
                looks.add(look(copies, pid));
            } finally {
                signal("CONT", pid);
            }
            while (looks.getLast().behind() > 0) {
                Thread.sleep(BETWEEN_LOOKS_MS);
                looks.add(look(copies, pid));
            }
            print(looks);
        }
        return 0;
    }

    private static Look look(Copies copies, long pid) throws Exception {
        return new Look(System.nanoTime(), copies.behind(), Memory.residentBytes(pid));
    }

    /** By quarters of what was waiting: what grows with the backlog is less with each. */
    private static void print(List<Look> looks) {
        long most = looks.getFirst().behind();
        Table table = new Table("events that wait", "MiB resident at most");
        for (int quarter = 4; quarter > 0; quarter--) {
            long from = most * quarter / 4;
            long to = most * (quarter - 1) / 4;
            LongSummaryStatistics resident = looks.stream()
                    .filter(look -> look.behind() <= from && look.behind() >= to)
                    .mapToLong(Look::residentBytes)
                    .summaryStatistics();
            table.row(
                    from + " to " + to,
                    resident.getCount() == 0 ? "not looked" : Long.toString(resident.getMax() >> 20));
        }
        System.out.print(table);
        double seconds = (looks.getLast().nanos() - looks.getFirst().nanos()) / 1e9;
        System.out.println(Table.format("%.0f s, %.0f events/s", seconds, most / seconds));
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -%s %d failed".formatted(signal, pid));
        }
    }
}
