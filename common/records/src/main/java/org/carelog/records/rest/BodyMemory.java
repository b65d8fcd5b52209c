package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.records.RecordsConfig;

/**
 * Bounds the bytes of request bodies that are worked on at a time: a parsed resource takes many times the memory of its
 * text, and some large bodies at once would be the end of the process. Who comes when all of it is taken waits, and is
 * told to come again when it takes long. Thread-safe.
 */
@ApplicationScoped
class BodyMemory {
    /** As many connections as there are may have bodies of this size. */
    static final long SMALL = 64 * 1024;

    /** A sixteenth of the heap is for the text of bodies: parsed and indexed they take up to twelve times as much. */
    private static final int SHARE_OF_HEAP = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore kilobytes;
    private final int all;
    private final Duration patience;

    @Inject
    BodyMemory(RecordsConfig config) {
        this(
                Math.max(
                        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP,
                        config.maxBundleSize().asLongValue()),
                PATIENCE);
    }

    BodyMemory(long bytes, Duration patience) {
        this.all = kilobytes(bytes);
        // Fair: a large body is not overtaken for ever by smaller ones.
        this.kilobytes = new Semaphore(all, true);
        this.patience = patience;
    }

    /** What one request has of it; given back when the answer is made. For one thread. */
    final class Share implements AutoCloseable {
        private int taken;

        /**
         * Before the body is read.
         *
         * @param bytes the most it can have
         * @throws FhirProblemException {@link FhirProblem.Unavailable} when others have it all for too long
         */
        void take(long bytes) {
            if (bytes <= SMALL || taken > 0) {
                return;
            }
            int wanted = Math.min(kilobytes(bytes), all);
            try {
                if (!kilobytes.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new FhirProblemException(new FhirProblem.Unavailable("Memory for a body of this size"));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FhirProblemException(new FhirProblem.Unavailable("Memory for a body of this size"));
            }
            taken = wanted;
        }

        @Override
        public void close() {
            kilobytes.release(taken);
            taken = 0;
        }
    }

    Share share() {
        return new Share();
    }

    private static int kilobytes(long bytes) {
        return Math.toIntExact((bytes + 1023) / 1024);
    }
}
