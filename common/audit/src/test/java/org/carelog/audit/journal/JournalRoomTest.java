package org.carelog.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.carelog.testing.MortalKafka;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class JournalRoomTest {
    private static final long LIMIT = 10_000;

    @Test
    void whenKafkaIsAwayForTooLongNothingIsRecordedUntilItIsBack() throws Exception {
        try (TestDatabase database = RealPlatform.database("db/journal");
                MortalKafka kafka = MortalKafka.started()) {
            // Given
            JournalFixture.Settings settings =
                    new JournalFixture.Settings(kafka.topic("recorded"), Duration.ofMinutes(1), LIMIT);
            try (JournalFixture replica = new JournalFixture(database, database.jdbcUrl(), settings)) {
                Shipper shipper = replica.ship(kafka.bootstrapServers());
                JournalCheck ready = new JournalCheck(replica.groupCommit, replica.room);
                replica.journal.record(Samples.aRead());
                await().until(() -> replica.metrics.unshipped() == 0);
                kafka.kill();

                // When
                await().until(() -> {
                    replica.journal.record(Samples.aRead());
                    return replica.room.isAlarming();
                });
                int more = 0;
                while (!replica.room.isFull()) {
                    replica.journal.record(Samples.aRead());
                    more++;
                }

                // Then
                assertThat(more).isPositive();
                assertThatThrownBy(() -> replica.journal.record(Samples.aRead()))
                        .isInstanceOfSatisfying(
                                JournalUnavailable.class,
                                e -> assertThat(e.isFull()).isTrue());
                assertThat(ready.call().getStatus().name()).isEqualTo("DOWN");
                kafka.start();
                await().until(() -> ready.call().getStatus().name().equals("UP"));
                replica.journal.record(Samples.aRead());
                await().until(() -> replica.metrics.unshipped() == 0);
                shipper.stop();
            }
        }
    }
}
