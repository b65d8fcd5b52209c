package org.carelog.local.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.Command;

/** Where all parts stand; what the threads of the parts tell each other. Thread-safe. */
final class Board {

    /** A part that keeps the system from starting. */
    record Failure(Part part, String reason) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, PartStatus> statuses = new LinkedHashMap<>();
    private final Watcher watcher;
    private Failure failure;
    private boolean stopping;

    Board(Collection<Part> parts, Watcher watcher) {
        this.watcher = watcher;
        parts.forEach(part -> statuses.put(part.name(), PartStatus.waiting(part)));
    }

    void update(Part part, UnaryOperator<PartStatus> change, String news) {
        lock.lock();
        try {
            PartStatus status = statuses.compute(part.name(), (_, old) -> change.apply(old));
            watcher.changed(List.copyOf(statuses.values()), status, news);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Starts a process unless everything is being stopped: then nothing is started behind the back of who stops. */
    Optional<ChildProcess> start(Command command) throws IOException {
        lock.lock();
        try {
            return stopping ? Optional.empty() : Optional.of(ChildProcess.start(command));
        } finally {
            lock.unlock();
        }
    }

    /** The first failure counts; the others follow from it or from the stop. */
    void fail(Part part, String reason) {
        lock.lock();
        try {
            if (failure == null && !stopping) {
                failure = new Failure(part, reason);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all of them are ready, or everything stops, or a part fails. */
    Optional<Failure> awaitReady(Collection<String> names) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopping && failure == null && !allReady(names)) {
                changed.await();
            }
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until everything stops. */
    void pause(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (!stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything stops. */
    void awaitStop() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopping) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean allReady(Collection<String> names) {
        return names.stream().allMatch(name -> statuses.get(name).state() == PartState.READY);
    }
}
