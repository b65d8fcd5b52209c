package org.carelog.system.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Tokens;

/** Writers at work, on virtual threads, from the constructor until {@link #close}. */
public final class Workload implements AutoCloseable {
    private final AttemptLog log = new AttemptLog();
    private final Client client;
    private final List<Writer> writers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param prefix of every request id and marker */
    public Workload(Carelog carelog, Tokens tokens, String prefix, int count, int perSecond, long seed) {
        client = new Client(tokens, log, prefix);
        Population population = new Population();
        Pace pace = new Pace(perSecond);
        Random seeds = new Random(seed);
        for (int i = 0; i < count; i++) {
            writers.add(new Writer(carelog, client, population, pace, new Random(seeds.nextLong())));
        }
        writers.forEach(writer -> threads.execute(() -> run(writer)));
    }

    private void run(Writer writer) {
        try {
            writer.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    public AttemptLog log() {
        return log;
    }

    /** What went wrong in the writers themselves. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Returns when every request that is under way has ended. */
    @Override
    public void close() throws InterruptedException {
        writers.forEach(Writer::stop);
        threads.shutdown();
        if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Requests do not end");
        }
        client.close();
    }
}
