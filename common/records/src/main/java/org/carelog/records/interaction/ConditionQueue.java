package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * Lets requests of this process with the same condition go one after the other before they have a connection: if they
 * waited for each other in the database, a client that repeats itself could take all connections there are. Between
 * processes the database decides, see {@link org.carelog.records.store.ConditionLock}.
 */
@ApplicationScoped
class ConditionQueue {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A power of two. Conditions that share one wait for each other without need. */
    private static final int QUEUES = 1024;

    private final ReentrantLock[] queues =
            Stream.generate(() -> new ReentrantLock(true)).limit(QUEUES).toArray(ReentrantLock[]::new);

    <T> T alone(String condition, Supplier<T> work) {
        ReentrantLock queue = queues[condition.hashCode() & (QUEUES - 1)];
        if (!turn(queue)) {
            throw new FhirProblemException(new FhirProblem.Unavailable("The condition's turn"));
        }
        try {
            return work.get();
        } finally {
            queue.unlock();
        }
    }

    private static boolean turn(ReentrantLock queue) {
        try {
            return queue.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
