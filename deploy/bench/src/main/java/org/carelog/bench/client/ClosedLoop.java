package org.carelog.bench.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A fixed number of clients, each on a thread of its own, that do the next thing when the one before has ended. So the
 * latency under load is mostly that of waiting for the others, and never more is under way than there are clients.
 *
 * @param warmUp seconds that are not measured
 * @param measured seconds after those
 */
public record ClosedLoop(int clients, int warmUp, int measured) {

    private static final Duration AFTER_A_BROKEN_CONNECTION = Duration.ofMillis(100);

    /** What is to run beside the measured seconds: begun before the first, closed after the last. */
    @FunctionalInterface
    public interface Beside {
        AutoCloseable begin() throws Exception;
    }

    public Timeline run(Supplier<? extends Client> each) throws Exception {
        return run(each, () -> () -> {});
    }

    /** @throws ExecutionException when a client failed in another way than by its connection */
    public Timeline run(Supplier<? extends Client> each, Beside beside) throws Exception {
        Timeline timeline = new Timeline(warmUp, measured);
        long start = System.nanoTime();
        long measuring = start + TimeUnit.SECONDS.toNanos(warmUp);
        long end = measuring + TimeUnit.SECONDS.toNanos(measured);
        together(clients, each, timeline, end, () -> {
            TimeUnit.NANOSECONDS.sleep(measuring - System.nanoTime());
            try (AutoCloseable _ = beside.begin()) {
                TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
            }
            return null;
        });
        return timeline;
    }

    /** Until the clients have nothing left to do. Only what failed is told. */
    public static Timeline toTheEnd(int clients, Supplier<? extends Client> each) throws Exception {
        Timeline timeline = new Timeline(0, 0);
        together(clients, each, timeline, Long.MAX_VALUE, () -> null);
        return timeline;
    }

    private static void together(
            int clients, Supplier<? extends Client> each, Timeline timeline, long end, Callable<Void> meanwhile)
            throws Exception {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("client-", 1).factory())) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> {
                    ask(each.get(), timeline, start, end);
                    return null;
                }));
            }
            meanwhile.call();
            for (Future<Void> client : running) {
                client.get();
            }
        }
    }

    private static void ask(Client client, Timeline timeline, long start, long end) throws Exception {
        try (client) {
            while (System.nanoTime() < end) {
                long began = System.nanoTime();
                Optional<Ending> ending = once(client);
                if (ending.isEmpty()) {
                    return;
                }
                long ended = System.nanoTime();
                timeline.add(ended - start, ended - began, ending.get());
            }
        }
    }

    private static Optional<Ending> once(Client client) throws Exception {
        try {
            return client.once();
        } catch (IOException e) {
            Thread.sleep(AFTER_A_BROKEN_CONNECTION);
            return Optional.of(Ending.failed(e.getClass().getSimpleName()));
        }
    }
}
