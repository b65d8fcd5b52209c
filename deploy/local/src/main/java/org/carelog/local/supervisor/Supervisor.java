package org.carelog.local.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Starts parts as soon as those they need are ready, keeps them running, and stops them. */
public final class Supervisor {

    private final Board board;
    private final List<SupervisedPart> parts;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    public Supervisor(List<Part> parts, Watcher watcher) {
        this.board = new Board(parts, watcher);
        this.parts = parts.stream().map(part -> new SupervisedPart(part, board)).toList();
    }

    /**
     * Returns when all are ready, or all are being stopped.
     *
     * @throws CannotStartException when one ends or does not get ready; the others are left as they are
     */
    public void start() throws CannotStartException, InterruptedException {
        for (SupervisedPart part : parts) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("part " + part.part().name())
                    .start(part));
        }
        Optional<Board.Failure> failure =
                board.awaitReady(parts.stream().map(part -> part.part().name()).toList());
        if (failure.isPresent()) {
            Part failed = failure.get().part();
            throw new CannotStartException(failed.name() + " " + failure.get().reason() + ".", failed.log());
        }
    }

    /** Returns when everything is being stopped. */
    public void awaitStop() throws InterruptedException {
        board.awaitStop();
    }

    /** Stops first what nobody needs, then what these needed, and so on. Returns when all processes are gone. */
    public void stop() {
        if (stopped.getAndSet(true)) {
            return;
        }
        board.stop();
        threads.forEach(Thread::interrupt);
        List<SupervisedPart> left = new ArrayList<>(parts);
        while (!left.isEmpty()) {
            Set<String> needed =
                    left.stream().flatMap(part -> part.part().needs().stream()).collect(Collectors.toSet());
            List<SupervisedPart> next = left.stream()
                    .filter(part -> !needed.contains(part.part().name()))
                    .toList();
            next.stream().map(Supervisor::stopping).toList().forEach(Supervisor::join);
            left.removeAll(next);
        }
    }

    private static Thread stopping(SupervisedPart part) {
        return Thread.ofPlatform().name("stop " + part.part().name()).start(part::stop);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
