package org.carelog.system.fault;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
    /** So many writes after a while without Kafka show that nobody waits for it. */
    private static final int GOES_ON = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HarmedSystem system;
    private final Poisoner poisoner;
    private final AttemptLog log;
    private final Killer killer;
    private final Set<Fault> present = ConcurrentHashMap.newKeySet();
    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final List<Future<?>> under = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Nemesis(HarmedSystem system, Poisoner poisoner, AttemptLog log) {
        this.system = system;
        this.killer = new Killer(system.carelog());
        this.poisoner = poisoner;
        this.log = log;
    }

    /** Whether nothing else happens there just now, and what dies of it has not died too often of late. */
    boolean isPossible(Fault fault) {
        boolean deadly = fault instanceof Fault.Kill || fault instanceof Fault.Halt;
        return present.size() < AT_ONCE
                && present.stream().allMatch(each -> mayBeTogether(each, fault))
                && (!deadly || fault.parts().stream().allMatch(killer::mayDie));
    }

    /** Kafka promises nothing when two brokers die at once. */
    private static boolean mayBeTogether(Fault one, Fault other) {
        return Collections.disjoint(one.parts(), other.parts()) && !(isOfBrokers(one) && isOfBrokers(other));
    }

    private static boolean isOfBrokers(Fault fault) {
        return fault.parts().stream().anyMatch(part -> part.startsWith("kafka"));
    }

    /** Begins; when it is overcome, it is one of the {@link #steps}. */
    void strike(Fault fault) {
        present.add(fault);
        under.add(threads.submit(() -> {
            Instant began = Instant.now();
            Tally before = log.tally();
            try {
                harm(fault);
            } finally {
                present.remove(fault);
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
            case Fault.Halt halt -> killer.die(halt.replicas(), () -> system.arm(halt.service(), halt.failpoint()));
            case Fault.Pause(String part, Duration time) -> killer.pause(part, time);
            case Fault.Standstill(List<String> brokers, Duration time) -> stand(brokers, time);
            case Fault.Cut(List<String> servers, Link.State how, Duration time) ->
                cut(servers.stream().map(system.links()::get).toList(), how, time);
            case Fault.Poison(String topic, PoisonKind kind) -> poisoner.put(topic, kind);
        }
    }

    /** Requests are answered all the same, or it fails. */
    private void stand(List<String> brokers, Duration time) throws Exception {
        try (AutoCloseable _ = killer.still(brokers)) {
            Thread.sleep(time);
            long wanted = log.writes() + GOES_ON;
            await("writes are acknowledged without Kafka").atMost(PATIENCE).until(() -> log.writes() >= wanted);
        }
    }

    private static void cut(List<Link> links, Link.State how, Duration time) throws InterruptedException {
        links.forEach(link -> link.become(how));
        try {
            Thread.sleep(time);
        } finally {
            links.forEach(link -> link.become(Link.State.WHOLE));
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
