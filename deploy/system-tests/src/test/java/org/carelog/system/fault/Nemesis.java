package org.carelog.system.fault;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.carelog.system.platform.PartStatus;
import org.carelog.system.workload.AttemptLog;
import org.carelog.system.workload.Tally;

/** Harms a system under load, in several places at once. For one thread. */
final class Nemesis implements AutoCloseable {
    private static final int AT_ONCE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final HarmedSystem system;
    private final Poisoner poisoner;
    private final AttemptLog log;
    private final Deaths deaths = new Deaths();
    private final Set<String> harmed = ConcurrentHashMap.newKeySet();
    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final List<Future<?>> under = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Nemesis(HarmedSystem system, Poisoner poisoner, AttemptLog log) {
        this.system = system;
        this.poisoner = poisoner;
        this.log = log;
    }

    /** Whether nothing else happens there just now, and what dies of it will be started again. */
    boolean isPossible(Fault fault) {
        boolean deadly = fault instanceof Fault.Kill || fault instanceof Fault.Halt;
        return harmed.size() < AT_ONCE && !harmed.contains(fault.part()) && (!deadly || deaths.mayDie(fault.part()));
    }

    /** Begins; when it is overcome, it is one of the {@link #steps}. */
    void strike(Fault fault) {
        harmed.add(fault.part());
        under.add(threads.submit(() -> {
            Instant began = Instant.now();
            Tally before = log.tally();
            try {
                harm(fault);
            } finally {
                harmed.remove(fault.part());
            }
            Step step = new Step(
                    fault,
                    began,
                    Duration.between(began, Instant.now()),
                    log.tally().since(before));
            System.out.println(step);
            steps.add(step);
            return null;
        }));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    private void harm(Fault fault) throws Exception {
        switch (fault) {
            case Fault.Kill(String part) ->
                die(part, status -> ProcessHandle.of(status.pid()).orElseThrow().destroyForcibly());
            case Fault.Halt(String part, String failpoint) -> die(part, status -> system.arm(part, failpoint));
            case Fault.Pause(String part, Duration time) -> pause(part, time);
            case Fault.Cut(String server, Link.State how, Duration time) ->
                cut(system.links().get(server), how, time);
            case Fault.Poison(String topic, PoisonKind kind) -> poisoner.put(topic, kind);
        }
    }

    private void die(String part, Consumer<PartStatus> how) {
        await(part + " is ready")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> system.carelog().part(part).isReady());
        PartStatus before = system.carelog().part(part);
        how.accept(before);
        await(part + " is started again")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> isStartedAgain(before));
        deaths.died(part);
    }

    private boolean isStartedAgain(PartStatus before) {
        PartStatus now = system.carelog().part(before.name());
        return now.pid() != before.pid() && now.isReady();
    }

    private void pause(String part, Duration time) throws Exception {
        ProcessHandle process =
                ProcessHandle.of(system.carelog().part(part).pid()).orElseThrow();
        List<String> pids = Stream.concat(Stream.of(process), process.descendants())
                .map(each -> Long.toString(each.pid()))
                .toList();
        signal("STOP", pids);
        try {
            Thread.sleep(time);
        } finally {
            signal("CONT", pids);
        }
    }

    private static void signal(String signal, List<String> pids) throws Exception {
        List<String> line = new ArrayList<>(List.of("kill", "-" + signal));
        line.addAll(pids);
        // one of PostgreSQL's may have ended meanwhile
        new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void cut(Link link, Link.State how, Duration time) throws InterruptedException {
        link.become(how);
        try {
            Thread.sleep(time);
        } finally {
            link.become(Link.State.WHOLE);
        }
    }

    /** Returns when everything is overcome. */
    @Override
    public void close() throws InterruptedException, ExecutionException {
        for (Future<?> each : under) {
            each.get();
        }
        threads.shutdown();
        await("every part is ready")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> Stream.of(
                                "postgres",
                                "kafka",
                                "keycloak",
                                "patient-service",
                                "encounter-service",
                                "audit-service",
                                "gateway")
                        .allMatch(part -> system.carelog().part(part).isReady()));
    }
}
