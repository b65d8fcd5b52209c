package org.carelog.audit.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Looks somewhere every few seconds. What cannot be looked at is so later: a look takes up where the last one that
 * succeeded ended, so nothing is lost but time, and {@link #lateness} says how much.
 */
public abstract class Watcher {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Logger log = Logger.getLogger(getClass());
    private final String name;
    private final Duration interval;
    private final Duration alarmAge;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Instant succeeded = Instant.now();
    private boolean failing;

    /**
     * @param name of what it looks at
     * @param metric that says how late it is
     * @param alarmAge how late it may be and still be well
     */
    protected Watcher(String name, String metric, Duration interval, Duration alarmAge, MeterRegistry registry) {
        this.name = name;
        this.interval = interval;
        this.alarmAge = alarmAge;
        this.thread = Thread.ofPlatform().name("audit-" + name).unstarted(this::run);
        TimeGauge.builder(metric, () -> lateness().toMillis(), TimeUnit.MILLISECONDS)
                .description("Since it was last seen what is to be in the log")
                .register(registry);
    }

    /** Takes into the log what is new, in transactions of its own. */
    protected abstract void look() throws IOException, ExecutionException, TimeoutException, InterruptedException;

    /** Ends what a look has left open for the next one, which then makes it anew. */
    protected void discard() {}

    /** Since the last look that succeeded. */
    final Duration lateness() {
        Duration late = Duration.between(succeeded, Instant.now());
        return late.compareTo(interval) < 0 ? Duration.ZERO : late;
    }

    final boolean isWell() {
        return lateness().compareTo(alarmAge.plus(interval)) < 0;
    }

    final String name() {
        return name;
    }

    protected final void start(@Observes StartupEvent event) {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    look();
                    worked();
                } catch (IOException | ExecutionException | TimeoutException | RuntimeException | Error e) {
                    // whatever it is, a watcher that is gone sees nothing ever after
                    failed(e);
                }
            }
        } catch (InterruptedException e) {
            // stopping; the next process goes on where this one was
        } finally {
            discard();
        }
    }

    private void worked() {
        succeeded = Instant.now();
        if (failing) {
            log.infof("audit watch=%s works again", name);
            failing = false;
        }
    }

    private void failed(Throwable failure) {
        discard();
        if (!failing && stopped.getCount() > 0) {
            Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            log.warnf(
                    "audit watch=%s does not see anything failure=%s; it goes on where it was",
                    name, cause.getClass().getName());
            failing = true;
        }
    }

    protected final void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(LONGEST_STOP);
        }
    }
}
