package org.carelog.local.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How far the load is: a bar that redraws itself on a terminal, elsewhere a line every few seconds. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final AtomicLong bytesRead = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private long bytesToRead;
    private long started;
    private AtomicLong loaded;
    private Refusals refusals;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void begin(long bytes, AtomicLong loadedSoFar, Refusals refusedSoFar) {
        bytesToRead = Math.max(bytes, 1);
        loaded = loadedSoFar;
        refusals = refusedSoFar;
        started = System.nanoTime();
        Duration every = terminal ? Duration.ofMillis(250) : Duration.ofSeconds(5);
        clock.scheduleAtFixedRate(this::draw, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The same stream; what is read from it moves the bar. */
    InputStream watch(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                bytesRead.addAndGet(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                bytesRead.addAndGet(Math.max(count, 0));
                return count;
            }
        };
    }

    void end() {
        clock.shutdownNow();
        if (terminal) {
            draw();
            out.println();
        }
    }

    private void draw() {
        double seconds = Math.max(1, System.nanoTime() - started) / 1e9;
        int percent = (int) Math.min(100, bytesRead.get() * 100 / bytesToRead);
        String figures = String.format(
                Locale.ROOT,
                "%3d %%  %d resources, %.0f/s, refused %d",
                percent,
                loaded.get(),
                loaded.get() / seconds,
                refusals.count());
        if (terminal) {
            int full = percent * WIDTH / 100;
            out.print("\r[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + figures + "  ");
            out.flush();
        } else {
            out.println(figures);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
