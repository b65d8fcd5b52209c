package org.carelog.audit.journal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An entry on its way into a shared commit, and the caller who waits for it. */
final class PendingEntry {
    private final byte[] bytes;
    private final CompletableFuture<Void> durable = new CompletableFuture<>();

    PendingEntry(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    void succeed() {
        durable.complete(null);
    }

    void fail(String why) {
        durable.completeExceptionally(new JournalUnavailable(why));
    }

    /** Whether the caller went away; its answer is 503 already. */
    boolean isAbandoned() {
        return durable.isDone();
    }

    void await(Duration atMost) {
        try {
            durable.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (durable.cancel(false)) {
                throw new JournalUnavailable("The audit entry was not durable in time");
            }
            await(Duration.ZERO);
        } catch (ExecutionException e) {
            throw new JournalUnavailable("The audit entry could not be written", e.getCause());
        } catch (InterruptedException e) {
            durable.cancel(false);
            Thread.currentThread().interrupt();
            throw new JournalUnavailable("Interrupted while the audit entry was written");
        }
    }
}
