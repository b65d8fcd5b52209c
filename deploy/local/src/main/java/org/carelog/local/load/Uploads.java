package org.carelog.local.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The uploads under way, in chunks of one type and at most so many chunks at a time: {@link #add} waits for a free place.
 * What the server refuses because it refers to something that is not there yet is sent again when all others of the pass
 * are, as long as that helps.
 */
final class Uploads implements AutoCloseable {
    /** What waits is in memory; more than this is refused at once. */
    private static final int MOST_EARLY = 10_000;

    private final FhirServer server;
    private final AtomicLong loaded;
    private final Refusals refusals;
    private final int parallel;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Chunk> filling = new HashMap<>();
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
        failIfStopped();
        Chunk chunk = filling.computeIfAbsent(resource.type(), type -> new Chunk());
        if (!chunk.takes(resource)) {
            start(chunk);
            chunk = new Chunk();
            filling.put(resource.type(), chunk);
        }
        chunk.add(resource);
    }

    private void start(Chunk chunk) throws InterruptedException {
        places.acquire();
        threads.execute(() -> {
            try {
                if (stopped.get() == null) {
                    send(chunk.resources());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
    }

    /** Until each of them has ended: without those that keep the others from being taken. */
    private void send(List<InputResource> resources) throws InterruptedException {
        List<InputResource> rest = resources;
        while (!rest.isEmpty()) {
            rest = left(rest, server.put(rest));
        }
    }

    /** Those that are still to be sent together. */
    private List<InputResource> left(List<InputResource> sent, Upload upload) throws InterruptedException {
        return switch (upload) {
            case Upload.InPart part -> others(sent, part.ends());
            case Upload.Refused refused when sent.size() > 1 -> oneByOne(sent);
            case Upload end -> all(sent, end);
        };
    }

    /** Settles those that kept the others from being taken, and gives the others. */
    private List<InputResource> others(List<InputResource> resources, Map<Integer, Upload> ends)
            throws InterruptedException {
        List<InputResource> others = new ArrayList<>();
        for (int place = 0; place < resources.size(); place++) {
            InputResource resource = resources.get(place);
            switch (ends.get(place)) {
                case null -> others.add(resource);
                // alone it may be taken: not all of one type need have one owner
                case Upload.Refused refused -> ended(resource, server.put(resource));
                case Upload end -> ended(resource, end);
            }
        }
        return others.size() < resources.size() ? others : oneByOne(others);
    }

    private List<InputResource> oneByOne(List<InputResource> resources) throws InterruptedException {
        for (InputResource resource : resources) {
            ended(resource, server.put(resource));
        }
        return List.of();
    }

    private List<InputResource> all(List<InputResource> resources, Upload upload) {
        resources.forEach(resource -> ended(resource, upload));
        return List.of();
    }

    private void ended(InputResource resource, Upload upload) {
        switch (upload) {
            case Upload.Loaded() -> loaded.incrementAndGet();
            case Upload.Refused(int status, String reason) -> refused(resource, status, reason);
            case Upload.Early(int status, String reason) -> {
                if (waiting.incrementAndGet() <= MOST_EARLY) {
                    early.add(resource);
                } else {
                    refused(resource, status, reason);
                }
            }
            case Upload.InPart part -> part.ends().values().forEach(end -> ended(resource, end));
            case Upload.Unavailable(String reason) -> stopped.compareAndSet(null, reason);
        }
    }

    private void refused(InputResource resource, int status, String reason) {
        refusals.add(resource.reference(), resource.type() + " " + status + " " + reason);
    }

    /** Waits for those under way, and for those that wait for them. */
    @Override
    public void close() {
        int before = Integer.MAX_VALUE;
        while (sent() && !early.isEmpty() && early.size() < before) {
            List<InputResource> again = List.copyOf(early);
            before = again.size();
            early.clear();
            waiting.set(0);
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

    /** Sends what is left and waits until nothing is under way; whether it goes on. */
    private boolean sent() {
        try {
            for (Chunk chunk : filling.values()) {
                start(chunk);
            }
            filling.clear();
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
