package org.carelog.local.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.Command;

/** The life of one part, on a thread of its own: started, watched, started again when it dies. */
final class SupervisedPart implements Runnable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(10);
    private static final Duration BEFORE_SECOND_LOOK = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Part part;
    private final Board board;
    private final Restarts restarts = new Restarts();
    private volatile ChildProcess child;
    private boolean wasReady;

    SupervisedPart(Part part, Board board) {
        this.part = part;
        this.board = board;
    }

    Part part() {
        return part;
    }

    @Override
    public void run() {
        try {
            if (board.awaitReady(part.needs()).isEmpty()) {
                live();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() throws InterruptedException {
        while (!board.isStopping()) {
            Instant began = Instant.now();
            String end = once();
            if (board.isStopping()) {
                return;
            }
            if (!wasReady) {
                board.update(part, status -> status.withoutProcess().in(PartState.FAILED), "");
                board.fail(part, end);
                return;
            }
            Duration pause = restarts.afterDeath(Duration.between(began, Instant.now()));
            board.update(
                    part,
                    status -> status.withoutProcess().in(PartState.WAITING),
                    "%s; it is started again in %s s".formatted(end, seconds(pause)));
            board.pause(pause);
            board.update(part, PartStatus::startedAgain, "");
        }
    }

    /** From the start to the end; says how it ended. */
    private String once() throws InterruptedException {
        Instant began = Instant.now();
        try {
            board.update(part, status -> status.in(PartState.STARTING), "");
            Command command = part.prepare();
            Optional<ChildProcess> started = board.start(command);
            if (started.isEmpty()) {
                return "stopped";
            }
            child = started.get();
            board.update(part, status -> status.with(child.handle()), "");
            Optional<String> end = untilReady(Instant.now().plus(part.patience()));
            if (end.isPresent()) {
                return end.get();
            }
            part.complete();
            wasReady = true;
            board.update(
                    part,
                    status -> status.in(PartState.READY),
                    "ready after %s s".formatted(seconds(Duration.between(began, Instant.now()))));
            return watch();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            kill();
            return "cannot be started: " + (e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private Optional<String> untilReady(Instant giveUp) throws InterruptedException {
        while (!part.answers()) {
            Optional<String> end = ended(BETWEEN_LOOKS);
            if (end.isPresent()) {
                return end;
            }
            if (Instant.now().isAfter(giveUp)) {
                kill();
                return Optional.of("did not answer within %s s".formatted(seconds(part.patience())));
            }
        }
        return Optional.empty();
    }

    private String watch() throws InterruptedException {
        int misses = 0;
        while (true) {
            Optional<String> end = ended(misses == 1 ? BEFORE_SECOND_LOOK : BETWEEN_CHECKS);
            if (end.isPresent()) {
                return end.get();
            }
            if (!part.answers()) {
                misses++;
                // Once is a busy moment.
                if (misses == 2) {
                    board.update(part, status -> status.in(PartState.UNWELL), "runs, and says that it is not well");
                }
            } else {
                if (misses >= 2) {
                    board.update(part, status -> status.in(PartState.READY), "is well again");
                }
                misses = 0;
            }
        }
    }

    /** Waits so long for the process's end; says how it ended. */
    private Optional<String> ended(Duration atMost) throws InterruptedException {
        try {
            int code = child.exit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(
                    code > 128 ? "was ended by signal " + (code - 128) : "ended by itself with exit code " + code);
        } catch (TimeoutException runs) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void kill() {
        if (child != null) {
            child.kill();
        }
    }

    /** Called when everything is being stopped. Returns when the process is gone. */
    void stop() {
        if (child != null) {
            child.stop(STOP_PATIENCE);
        }
        board.update(part, SupervisedPart::stopped, "");
    }

    /** Whoever failed before stays known as such. */
    private static PartStatus stopped(PartStatus status) {
        PartStatus gone = status.withoutProcess();
        return status.state() == PartState.FAILED ? gone : gone.in(PartState.STOPPED);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
