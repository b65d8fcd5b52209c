package org.carelog.audit.checkpoint;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carelog.audit.ledger.BrokenLog;
import org.jboss.logging.Logger;

/** Signs and publishes, every few seconds. */
@Singleton
final class Checkpointer {
    private static final Logger LOG = Logger.getLogger(Checkpointer.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Signing signing;
    private final Publishing publishing;
    private final CheckpointState state;
    private final Duration interval;
    private final Thread thread = Thread.ofPlatform().name("audit-checkpoint").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean failing;

    Checkpointer(CheckpointConfig config, Signing signing, Publishing publishing, CheckpointState state) {
        this.signing = signing;
        this.publishing = publishing;
        this.state = state;
        this.interval = config.interval();
    }

    void start(@Observes StartupEvent event) {
        LOG.infof("audit checkpoints are signed by key=%s", signing.verifier());
        thread.start();
    }

    private void run() {
        try {
            do {
                try {
                    // first: what is outside tells whether the database is what it was
                    publishing.publishWhatIsNew();
                    signing.signWhatIsNew();
                    publishing.publishWhatIsNew();
                    worked();
                } catch (IOException | RuntimeException | Error e) {
                    // whatever it is, what is gone signs nothing ever after
                    failed(e);
                }
            } while (!stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            // stopping; what was not published is so after the next start
        } finally {
            publishing.stop();
        }
    }

    private void worked() {
        state.published(publishing.size());
        if (failing) {
            LOG.info("audit checkpoints are signed and published again");
            failing = false;
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof BrokenLog broken && state.broken()) {
            LOG.errorf("audit ledger is not what was signed: %s", broken.getMessage());
        } else if (!failing && stopped.getCount() > 0) {
            LOG.warnf(
                    "audit checkpoints are not signed or published failure=%s",
                    failure.getClass().getName());
        }
        failing = true;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(LONGEST_STOP);
        }
    }
}
