package org.carelog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

    @TempDir
    private Path directory;

    @Test
    void oneHasItAtATimeInTheSameVirtualMachineToo() throws Exception {
        // Given
        Path path = directory.resolve("below/lock");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        // When
        Parallel.times(8, () -> {
            try (ProcessLock _ = ProcessLock.of(path)) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
            }
            return null;
        });

        // Then
        assertThat(most).hasValue(1);
    }
}
