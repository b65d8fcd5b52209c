package org.carelog.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.anonymously;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.carelog.sql.Sql;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class JournalBesideThePoolTest {
    @Inject
    AgroalDataSource pool;

    @Inject
    Sql sql;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void aJournalThatLostItsConnectionRecordsWhileRequestsHoldAllOthers() throws SQLException {
        // Given
        List<Connection> all = takeAll();
        try {
            // When
            endTheJournalsSession();

            // Then
            await().until(() -> anonymously().get("/metadata").statusCode() == 401);
            String requestId = anonymously().get("/metadata").header("X-Request-Id");
            assertThat(AuditEntries.of(requestId)).hasSize(1);
        } finally {
            for (Connection one : all) {
                one.close();
            }
        }
    }

    /** So that whoever set the server's default cannot make an acknowledged write, or its entry, forgotten. */
    @Test
    void everyConnectionOfThePoolWaitsForTheDisk() {
        assertThat(sql.first(
                        "select setting || ' by ' || source from pg_settings where name = 'synchronous_commit'",
                        row -> row.getString(1)))
                .contains("on by client");
    }

    private List<Connection> takeAll() throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            while (true) {
                all.add(pool.getConnection());
            }
        } catch (SQLException exhausted) {
            return all;
        }
    }

    private void endTheJournalsSession() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where application_name = 'carelog-journal' and usename = current_user
                    """);
        }
    }
}
