package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.carelog.sql.Batch;
import org.carelog.sql.Sql;
import org.carelog.sql.SqlFailure;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EventsResource.class)
class OutboxTest {
    private final String patient = UUID.randomUUID().toString();

    @Inject
    Sql sql;

    @Inject
    Outbox outbox;

    @Inject
    TrialHistory history;

    @Inject
    @Wellness
    OutboxHealth health;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "carelog.events.topic")
    String topic;

    @Test
    void aCommitWakesTheRelayWhichWouldNotLookForAnHour() {
        // When
        QuarkusTransaction.requiringNew().run(() -> {
            write("woken", 1);
            write("woken", 2);
        });

        // Then
        await().untilAsserted(() -> assertThat(published("woken")).containsExactly("woken/1", "woken/2"));
    }

    @Test
    void aVersionIsPublishedIfItsTransactionCommitsAndNotOtherwise() {
        // Given
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    write("undone", 1);
                    throw new IllegalArgumentException();
                }))
                .isInstanceOf(IllegalArgumentException.class);

        // When
        QuarkusTransaction.requiringNew().run(() -> write("undone", 2));

        // Then
        await().untilAsserted(() -> assertThat(published("undone")).containsExactly("undone/2"));
    }

    @Test
    void outsideATransactionNothingIsAdded() {
        assertThatThrownBy(() -> add("alone", 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aVersionIsAddedOnce() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    write("twice", 1);
                    add("twice", 1);
                }))
                .isInstanceOfSatisfying(
                        SqlFailure.class,
                        failure -> assertThat(failure.isUniqueViolation()).isTrue());
    }

    @Test
    void healthTellsHowMuchWaitsAndThatItIsWell() {
        await().untilAsserted(() -> {
            HealthCheckResponse answer = health.call();
            assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
            assertThat(answer.getData())
                    .hasValueSatisfying(data -> assertThat(data)
                            .containsEntry("owner", true)
                            .containsKeys("pending", "oldestSeconds", "heldKeys"));
        });
    }

    private void write(String id, long version) {
        history.write(id, version);
        add(id, version);
    }

    private void add(String id, long version) {
        Batch batch = sql.batch();
        outbox.add(batch, List.of(new Outbox.Entry("Encounter", id, version, Change.UPDATED, patient)));
        batch.run();
    }

    private List<String> published(String id) {
        return PublishedEvents.of(bootstrapServers, topic).names().stream()
                .filter(name -> name.startsWith(id + "/"))
                .toList();
    }
}
