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
import org.carelog.audit.ledger.MerkleLog;
import org.jboss.logging.Logger;

/** Signs and publishes, every few seconds or leaves, whichever are over first. */
@Singleton
final class Checkpointer {
    private static final Logger LOG = Logger.getLogger(Checkpointer.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    /** How often leaves are counted, which are those of this process. */
    private static final Duration COUNT = Duration.ofMillis(100);

    private final Signing signing;
    private final Publishing publishing;
    private final CheckpointState state;
    private final MerkleLog log;
    private final Duration interval;
    private final long leaves;
    private final Thread thread = Thread.ofPlatform().name("audit-checkpoint").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean failing;
    /** How many leaves this process had added when it signed last. */
    private long signed;

    Checkpointer(
            CheckpointConfig config, MerkleLog log, Signing signing, Publishing publishing, CheckpointState state) {
        this.log = log;
        this.leaves = config.leaves();
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
                signed = log.added();
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
            } while (waited());
        } catch (InterruptedException e) {
            // stopping; what was not published is so after the next start
        } finally {
            publishing.stop();
        }
    }

    /** Until there is something to do; false: it stops. */
    private boolean waited() throws InterruptedException {
        long end = System.nanoTime() + interval.toNanos();
        long left = interval.toNanos();
        while (left > 0 && log.added() - signed < leaves) {
            if (stopped.await(Math.min(left, COUNT.toNanos()), TimeUnit.NANOSECONDS)) {
                return false;
            }
            left = end - System.nanoTime();
        }
        return stopped.getCount() > 0;
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
