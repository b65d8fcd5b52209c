package org.carelog.local.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The uploads under way, at most so many at a time: {@link #add} waits for a free place. */
final class Uploads implements AutoCloseable {

    private final FhirServer server;
    private final AtomicLong loaded;
    private final Refusals refusals;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<String> stopped = new AtomicReference<>();

    Uploads(FhirServer server, int parallel, AtomicLong loaded, Refusals refusals) {
        this.server = server;
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
                case Upload.Refused(int status, String reason) ->
                    refusals.add(resource.reference(), resource.type() + " " + status + " " + reason);
                case Upload.Unavailable(String reason) -> stopped.compareAndSet(null, reason);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for those under way. */
    @Override
    public void close() {
        threads.close();
        failIfStopped();
    }

    private void failIfStopped() {
        if (stopped.get() != null) {
            throw new LoadStoppedException(
                    "The load stopped because the server does not answer (" + stopped.get() + "); run it again later.");
        }
    }
}
