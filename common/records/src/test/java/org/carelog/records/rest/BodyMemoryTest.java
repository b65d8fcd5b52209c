package org.carelog.records.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void whoComesWhenAllIsTakenForTooLongIsToldToComeAgain() {
        // Given
        BodyMemory memory = new BodyMemory(8 * MEGABYTE, Duration.ofMillis(20));
        memory.share().take(5 * MEGABYTE);

        // When, Then
        assertThatThrownBy(() -> memory.share().take(4 * MEGABYTE))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        e -> assertThat(e.problem()).isInstanceOf(FhirProblem.Unavailable.class));
    }

    @Test
    void whoWaitsHasItWhenItIsGivenBack() throws Exception {
        // Given
        BodyMemory memory = new BodyMemory(8 * MEGABYTE, Duration.ofMinutes(1));
        BodyMemory.Share first = memory.share();
        first.take(8 * MEGABYTE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> second =
                    CompletableFuture.runAsync(() -> memory.share().take(8 * MEGABYTE), threads);

            // When
            first.close();

            // Then
            assertThat(second.get(20, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    void smallBodiesDoNotWaitForLargeOnes() {
        // Given
        BodyMemory memory = new BodyMemory(8 * MEGABYTE, Duration.ofMillis(20));
        memory.share().take(8 * MEGABYTE);

        // When, Then
        assertThatCode(() -> memory.share().take(BodyMemory.SMALL)).doesNotThrowAnyException();
    }

    @Test
    void aBodyLargerThanAllHasAll() {
        // Given
        BodyMemory memory = new BodyMemory(2 * MEGABYTE, Duration.ofMillis(20));

        // When, Then
        assertThatCode(() -> memory.share().take(5 * MEGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void whatWasGivenBackTwiceIsThereOnce() {
        // Given
        BodyMemory memory = new BodyMemory(2 * MEGABYTE, Duration.ofMillis(20));
        BodyMemory.Share share = memory.share();
        share.take(2 * MEGABYTE);
        share.close();
        share.close();
        memory.share().take(2 * MEGABYTE);

        // When, Then
        assertThatThrownBy(() -> memory.share().take(MEGABYTE)).isInstanceOf(FhirProblemException.class);
    }
}
