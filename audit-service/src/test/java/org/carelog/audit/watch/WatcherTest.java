package org.carelog.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final Duration SHORT = Duration.ofMillis(10);

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger discarded = new AtomicInteger();
    private final Watcher watcher =
            new Watcher("test", "test.late", SHORT, SHORT.multipliedBy(20), new SimpleMeterRegistry()) {
                @Override
                protected void look() throws IOException {
                    looks.incrementAndGet();
                    if (away.get()) {
                        throw new IOException("away");
                    }
                }

                @Override
                protected void discard() {
                    discarded.incrementAndGet();
                }
            };

    @Test
    void itIsUnwellWhileWhatItLooksAtIsAwayAndGoesOnThen() throws Exception {
        // Given
        away.set(true);
        watcher.start(null);
        await().until(() -> !watcher.isWell());
        assertThat(discarded).hasPositiveValue();

        // When
        away.set(false);

        // Then
        await().until(watcher::isWell);
        watcher.stop(null);
        int last = looks.get();
        assertThat(last).isGreaterThan(2);
    }
}
