package org.carelog.local.load;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The uploads under way, at most so many at a time: {@link #add} waits for a free place. What the server refuses because
 * it refers to something that is not there yet is sent again when all others of the pass are, as long as that helps.
 */
final class Uploads implements AutoCloseable {

    private final FhirServer server;
    private final AtomicLong loaded;
    private final Refusals refusals;
    /** What waits is in memory; more than this is refused at once. */
    private static final int MOST_EARLY = 10_000;

    private final int parallel;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<InputResource> early = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<String> stopped = new AtomicReference<>();

    Uploads(FhirServer server, int parallel, AtomicLong loaded, Refusals refusals) {
        this.server = server;
        this.parallel = parallel;
        this.places = new Semaphore(parallel);
        this.loaded = loaded;
        this.refusals = refusals;
    }

    /** @throws LoadStoppedException when an earlier one found the server gone */
    void add(InputResource resource) throws InterruptedException {
        places.acquire();
        failIfStopped();
        threads.execute(() -> {
            try {
                send(resource);
            } finally {
                places.release();
            }
        });
    }

    private void send(InputResource resource) {
        try {
            switch (server.put(resource)) {
                case Upload.Loaded() -> loaded.incrementAndGet();
                case Upload.Refused(int status, String reason) -> refused(resource, status, reason);
                case Upload.Early(int status, String reason) -> {
                    if (waiting.incrementAndGet() <= MOST_EARLY) {
                        early.add(resource);
                    } else {
                        refused(resource, status, reason);
                    }
                }
                case Upload.Unavailable(String reason) -> stopped.compareAndSet(null, reason);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refused(InputResource resource, int status, String reason) {
        refusals.add(resource.reference(), resource.type() + " " + status + " " + reason);
    }

    /** Waits for those under way, and for those that wait for them. */
    @Override
    public void close() {
        int before = Integer.MAX_VALUE;
        while (waits() && !early.isEmpty() && early.size() < before) {
            List<InputResource> again = List.copyOf(early);
            before = again.size();
            early.clear();
            again.forEach(this::addAgain);
        }
        threads.close();
        failIfStopped();
        for (InputResource resource : early) {
            refused(resource, 422, "not-found: What it refers to is neither there nor in the files");
        }
    }

    private void addAgain(InputResource resource) {
        try {
            add(resource);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until nothing is under way; whether it goes on. */
    private boolean waits() {
        try {
            places.acquire(parallel);
            places.release(parallel);
            return stopped.get() == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void failIfStopped() {
        if (stopped.get() != null) {
            throw new LoadStoppedException(
                    "The load stopped because the server does not answer (" + stopped.get() + "); run it again later.");
        }
    }
}
