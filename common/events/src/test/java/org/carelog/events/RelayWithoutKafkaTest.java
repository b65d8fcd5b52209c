package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.carelog.testing.MortalKafka;
import org.junit.jupiter.api.Test;

class RelayWithoutKafkaTest {

    @Test
    void writesGoOnAndTheirEventsFollowInOrderWhenKafkaIsBack() throws Exception {
        try (MortalKafka kafka = MortalKafka.started();
                RelayFixture service = new RelayFixture(kafka.bootstrapServers(), kafka.topic("trial"));
                OverlappingWriters writers = new OverlappingWriters(service.database.dataSource(), 8, 40, 10)) {
            // Given
            service.start();
            writers.steps(300);

            // When
            kafka.kill();
            writers.steps(300);
            service.endSessions();
            writers.steps(300);
            writers.finish();
            assertThat(service.pending()).isPositive();
            kafka.start();

            // Then
            await().until(() -> service.pending() == 0);
            assertThat(service.published().faults(writers.committed())).isEmpty();
        }
    }
}
