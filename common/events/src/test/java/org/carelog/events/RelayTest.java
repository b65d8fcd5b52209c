package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.carelog.sql.Sql;
import org.carelog.testing.RealPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest {
    private static final String ANNA = UUID.randomUUID().toString();
    private static final String BERT = UUID.randomUUID().toString();
    private static final byte[] SMALL = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TOO_LARGE = "x".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    private static final byte[] INCOMPRESSIBLE = new byte[30_000];

    static {
        new Random(1).nextBytes(INCOMPRESSIBLE);
    }

    private RelayFixture service;

    @BeforeEach
    void aServiceWithATopic() {
        service = new RelayFixture(RealPlatform.kafka(), RealPlatform.topic("carelog.trial.changed.v1"));
    }

    @AfterEach
    void theServiceEnds() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyCommittedVersionIsPublishedOnceAndInOrderHoweverItsTransactionsOverlap(long seed) throws Exception {
        try (OverlappingWriters writers = new OverlappingWriters(service.database.dataSource(), seed, 40, 10)) {
            // Given
            service.start();

            // When
            writers.steps(2000);
            writers.finish();

            // Then
            allIsPublished();
            PublishedEvents published = service.published();
            assertThat(published.faults(writers.committed())).isEmpty();
            assertThat(published.count()).isEqualTo(writers.committed().size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void nothingIsLostInventedOrReorderedWhenTheRelayIsKilledAtAnyPoint(long seed) throws Exception {
        Random chance = new Random(seed);
        try (OverlappingWriters writers = new OverlappingWriters(service.database.dataSource(), seed, 40, 10)) {
            // Given
            service.start();
            service.start();

            // When
            for (int i = 0; i < 2000; i++) {
                writers.step();
                switch (chance.nextInt(40)) {
                    case 0 -> service.endSessions();
                    case 1 -> service.closeProducer();
                    default -> {}
                }
            }
            writers.finish();

            // Then
            allIsPublished();
            assertThat(service.published().faults(writers.committed())).isEmpty();
        }
    }

    @Test
    void aRelayThatStopsInOrderLeavesNoDuplicate() throws Exception {
        try (OverlappingWriters writers = new OverlappingWriters(service.database.dataSource(), 7, 40, 10)) {
            // When
            for (int i = 0; i < 10; i++) {
                Relay relay = service.start();
                writers.steps(150);
                relay.close();
            }
            writers.finish();
            service.start();

            // Then
            allIsPublished();
            PublishedEvents published = service.published();
            assertThat(published.faults(writers.committed())).isEmpty();
            assertThat(published.count()).isEqualTo(writers.committed().size());
        }
    }

    @Test
    void oneRelayOwnsTheDatabaseAndTheNextOneTakesOver() {
        // Given
        Relay one = service.start();
        await().until(() -> one.report().isPresent());
        int before = service.connected();
        Relay other = service.start();
        // the third look begins when the first two have ended without the lock
        await().until(() -> service.connected() >= before + 3);
        assertThat(other.report()).isEmpty();
        service.write("r1", 1, ANNA, SMALL);
        allIsPublished();

        // When
        one.close();

        // Then
        service.write("r1", 2, ANNA, SMALL);
        allIsPublished();
        assertThat(service.published().names()).containsExactly("r1/1", "r1/2");
        await().until(() -> other.report().isPresent());
        assertThat(one.published()).isEqualTo(1);
        assertThat(other.published()).isEqualTo(1);
    }

    @Test
    void aRelayThatStandsStillLosesTheTableToTheNextOneAndDoesNoHarmWhenItGoesOn() {
        // Given
        CountDownLatch still = new CountDownLatch(1);
        Relay one = service.start(version -> {
            awaitQuietly(still);
            return service.content(version);
        });
        await().until(() -> one.report().isPresent());
        service.write("r1", 1, ANNA, SMALL);

        // When
        Relay other = service.start();
        allIsPublished();
        service.write("r1", 2, ANNA, SMALL);
        allIsPublished();
        still.countDown();
        await().until(() -> one.report().isEmpty());

        // Then
        assertThat(other.published()).isEqualTo(2);
        assertThat(service.published().names()).startsWith("r1/1", "r1/2");
        service.write("r1", 3, ANNA, SMALL);
        allIsPublished();
        assertThat(service.published().names()).contains("r1/3").isSubsetOf("r1/1", "r1/2", "r1/3");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anEventThatIsTooLargeHoldsItsKeyWhileTheOthersFlow() {
        // Given
        Relay relay = service.start();
        service.write("r1", 1, ANNA, TOO_LARGE);
        service.write("r1", 2, ANNA, SMALL);
        service.write("r2", 1, ANNA, SMALL);

        // When
        service.write("r3", 1, BERT, SMALL);

        // Then
        await().untilAsserted(() -> assertThat(service.published().names()).containsExactly("r3/1"));
        await().until(() -> relay.report().map(Relay.Report::heldKeys).orElse(0) == 1);
        assertThat(service.pending()).isEqualTo(3);

        // When
        service.replaceContent("r1", 1, SMALL);

        // Then
        allIsPublished();
        assertThat(service.published().names()).containsSubsequence("r1/1", "r1/2", "r2/1");
        await().until(() -> relay.report().map(Relay.Report::heldKeys).orElse(1) == 0);
    }

    @Test
    void whatIsBehindAnEventThatTheBrokerRefusesDoesNotOvertakeIt() {
        // Given
        service.limitTopic(20_000);
        service.write("r1", 1, ANNA, SMALL);
        service.write("r1", 2, ANNA, INCOMPRESSIBLE);
        service.write("r1", 3, ANNA, SMALL);
        service.write("r2", 1, BERT, SMALL);

        // When
        Relay relay = service.start();

        // Then
        await().until(() -> relay.report().map(Relay.Report::heldKeys).orElse(0) == 1);
        await().untilAsserted(() -> assertThat(service.published().names()).contains("r1/1", "r2/1"));
        assertThat(service.published().names()).doesNotContain("r1/2", "r1/3");

        // When
        service.limitTopic(100_000);

        // Then
        allIsPublished();
        assertThat(service.published().names()).containsSubsequence("r1/1", "r1/2", "r1/3");
    }

    @Test
    void aVersionThatIsNotInTheHistoryHoldsItsKey() {
        // Given
        service.start(version -> version.id().equals("r1") ? Optional.empty() : service.content(version));
        service.write("r1", 1, ANNA, SMALL);

        // When
        service.write("r2", 1, BERT, SMALL);

        // Then
        await().untilAsserted(() -> assertThat(service.published().names()).containsExactly("r2/1"));
        assertThat(service.pending()).isEqualTo(1);
    }

    @Test
    void aVersionThatCannotBeReadForGoodHoldsItsKeyAndNoOther() {
        // Given
        Sql sql = new Sql(service.database.dataSource());
        service.start(version -> {
            if (version.id().equals("r1")) {
                sql.first("select 1 / 0", row -> 1);
            }
            return service.content(version);
        });
        service.write("r1", 1, ANNA, SMALL);

        // When
        service.write("r2", 1, BERT, SMALL);

        // Then
        await().untilAsserted(() -> assertThat(service.published().names()).containsExactly("r2/1"));
        assertThat(service.pending()).isEqualTo(1);
    }

    /** Whoever looks after it would not know otherwise: no alarm is raised by a number that is missing. */
    @Test
    void whatWaitsIsToldWhereThereIsNothingToPublishWith() {
        // Given
        service.write("r1", 1, ANNA, SMALL);
        AtomicInteger attempts = new AtomicInteger();

        // When
        Relay relay = service.startWithout(() -> {
            attempts.incrementAndGet();
            throw new KafkaException("not let in");
        });

        // Then
        await().until(() -> attempts.get() >= 3);
        assertThat(relay.report())
                .hasValueSatisfying(
                        report -> assertThat(report.backlog().count()).isEqualTo(1));
    }

    @Test
    void whatIsBehindAMovedResourceDoesNotOvertakeIt() {
        // Given
        service.write("r1", 1, ANNA, TOO_LARGE);
        service.write("r1", 2, BERT, SMALL);
        service.write("r2", 1, BERT, SMALL);
        Relay relay = service.start();
        await().until(() -> relay.report().map(Relay.Report::heldKeys).orElse(0) == 1);

        // When
        service.replaceContent("r1", 1, SMALL);

        // Then
        allIsPublished();
        assertThat(service.published().names()).containsSubsequence("r1/2", "r2/1");
    }

    private void allIsPublished() {
        await().until(() -> service.pending() == 0);
    }
}
