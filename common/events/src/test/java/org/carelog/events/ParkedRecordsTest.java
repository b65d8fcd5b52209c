package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EventsResource.class)
class ParkedRecordsTest {
    private static final String SECRET = "Chalmers";

    @Inject
    ParkedRecords records;

    @Inject
    EntityManager entities;

    @Test
    void aListOfParkedEventsDoesNotReadTheirContent() {
        // Given
        park("a channel");

        // When
        boolean read = QuarkusTransaction.requiringNew().call(() -> {
            entities.clear();
            return records.oldest(1000).stream().anyMatch(record -> Hibernate.isPropertyInitialized(record, "value"));
        });

        // Then
        assertThat(read).isFalse();
    }

    @Test
    void aFailureTellsNothingOfTheRecord() {
        // Given
        List<String> told = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                told.add(record.getMessage() + " "
                        + List.of(record.getParameters() == null ? "" : record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);

        // When
        Throwable failure;
        try {
            failure = catchThrowable(() -> park(null));
        } finally {
            root.removeHandler(listener);
        }

        // Then
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            told.add(cause.getMessage());
        }
        assertThat(failure).isNotNull();
        assertThat(told).noneMatch(text -> text != null && text.contains(SECRET));
        assertThat(told).noneMatch(text -> text != null && text.contains(hex()));
    }

    private static String hex() {
        return HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private void park(String channel) {
        QuarkusTransaction.requiringNew()
                .run(() -> records.persist(new ParkedRecord(
                        channel,
                        new ConsumerRecord<>(
                                "trial",
                                0,
                                UUID.randomUUID().getMostSignificantBits(),
                                "key of " + SECRET,
                                SECRET.getBytes(StandardCharsets.UTF_8)),
                        "HANDLER_FAILED",
                        null)));
    }
}
