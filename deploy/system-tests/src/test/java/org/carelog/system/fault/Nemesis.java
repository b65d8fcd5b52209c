package org.carelog.system.fault;

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
import org.carelog.system.workload.AttemptLog;
import org.carelog.system.workload.Tally;

/** Harms a system under load, in several places at once. For one thread. */
final class Nemesis implements AutoCloseable {
    private static final int AT_ONCE = 3;

    private final HarmedSystem system;
    private final Poisoner poisoner;
    private final AttemptLog log;
    private final Killer killer;
    private final Set<String> harmed = ConcurrentHashMap.newKeySet();
    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final List<Future<?>> under = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Nemesis(HarmedSystem system, Poisoner poisoner, AttemptLog log) {
        this.system = system;
        this.killer = new Killer(system.carelog());
        this.poisoner = poisoner;
        this.log = log;
    }

    /** Whether nothing else happens there just now, and what dies of it will be started again. */
    boolean isPossible(Fault fault) {
        boolean deadly = fault instanceof Fault.Kill || fault instanceof Fault.Halt;
        return harmed.size() < AT_ONCE && !harmed.contains(fault.part()) && (!deadly || killer.mayDie(fault.part()));
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
            case Fault.Kill(String part) -> killer.kill(part);
            case Fault.Halt(String part, String failpoint) -> killer.die(part, status -> system.arm(part, failpoint));
            case Fault.Pause(String part, Duration time) -> killer.pause(part, time);
            case Fault.Cut(String server, Link.State how, Duration time) ->
                cut(system.links().get(server), how, time);
            case Fault.Poison(String topic, PoisonKind kind) -> poisoner.put(topic, kind);
        }
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
        killer.awaitRecovery();
    }
}
