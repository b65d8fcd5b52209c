package org.carelog.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.carelog.sql.Sql;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

class GrantsCheckTest {
    private final TestDatabase database =
            RealPlatform.database("db/events", "db/journal", "db/records", "db/index", "db/audit");
    private final GrantsCheck check = new GrantsCheck(new Sql(database.dataSource()));

    @Test
    void whatTheMigrationsGrantIsNotTooMuch() {
        assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant update on ledger_leaf to %s                | ledger_leaf",
                "grant update (salt) on ledger_leaf to %s         | ledger_leaf",
                "grant delete on ledger_hash to %s                | ledger_hash",
                "grant truncate on access_record to %s            | access_record",
                "grant trigger on resource_version to %s          | resource_version",
                "grant all on source_gap, source_fault to public  | source_fault, source_gap"
            })
    void aServiceThatCouldDoMoreIsNotReady(String grant, String tables) throws SQLException {
        // When
        asOwner(grant.formatted(database.runtimeUser()));

        // Then
        assertNotReady(check, tables);
    }

    @Test
    void norIsOneThatCouldChangeAMonth() throws SQLException {
        // Given
        new Sql(database.dataSource()).first("select ledger_time()", row -> 1);
        String month = new Sql(database.dataSource())
                .first("select ledger_month_name(month) from ledger_month", row -> row.getString(1))
                .orElseThrow();

        // When
        asOwner("grant delete on access_record_%s to %s".formatted(month, database.runtimeUser()));

        // Then
        assertNotReady(check, "access_record");
    }

    @Test
    void norIsTheOwner() {
        // Given
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(database.jdbcUrl());
        owner.setUser(database.ownerUser());
        owner.setPassword(database.ownerPassword());

        // When / Then
        assertNotReady(
                new GrantsCheck(new Sql(owner)),
                "access_record, audit_entry, audit_seal, ledger_checkpoint, ledger_hash, ledger_leaf, ledger_month,"
                        + " ledger_month_source, resource_version, source_fault, source_gap, unreadable_record");
    }

    private static void assertNotReady(GrantsCheck check, String tables) {
        HealthCheckResponse response = check.call();
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData()).contains(Map.of("changeable", tables));
    }

    private void asOwner(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(), database.ownerUser(), database.ownerPassword());
                Statement grant = connection.createStatement()) {
            grant.execute(statement);
        }
    }
}
