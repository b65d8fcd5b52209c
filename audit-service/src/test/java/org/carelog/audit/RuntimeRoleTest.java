package org.carelog.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service can do to its database, whatever it is made to do: the migrations of all modules, as its role. */
class RuntimeRoleTest {
    private static TestDatabase database;

    @BeforeAll
    static void allTables() {
        database = RealPlatform.database("db/events", "db/journal", "db/records", "db/index", "db/audit");
    }

    @AfterAll
    static void theyGo() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource_version",
                "audit_entry",
                "audit_seal",
                "access_record",
                "source_gap",
                "source_fault",
                "unreadable_record",
                "ledger_leaf",
                "ledger_hash",
                "ledger_checkpoint",
                "ledger_month",
                "ledger_month_source"
            })
    void historyAndAuditCannotBeChanged(String table) throws SQLException {
        // Given
        String column = names(
                        "select column_name from information_schema.columns where table_name = '%s' order by ordinal_position desc limit 1"
                                .formatted(table))
                .getFirst();

        // When / Then
        for (String change : List.of(
                "update %s set %s = default",
                "update %s set %s = default where false",
                "delete from %s",
                "delete from %s where false",
                "truncate %s",
                "drop table %s",
                "alter table %s disable trigger all",
                "alter table %s drop column %s",
                "create index on %s (%s)",
                "create trigger t before insert on %s execute function suppress_redundant_updates_trigger()",
                "create rule r as on insert to %s do instead nothing")) {
            assertRefused(change.formatted(table, column));
        }
    }

    @Test
    void aTableOfWhichRowsCanBeChangedIsNoHistoryAndNoAuditTrail() throws SQLException {
        assertThat(names("""
                select distinct table_name from information_schema.role_table_grants
                where grantee = current_user and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') order by 1
                """))
                .doesNotContain("resource_version", "audit_entry", "audit_seal", "access_record")
                .doesNotContain("source_gap", "source_fault", "unreadable_record", "flyway_schema_history")
                .doesNotContain(
                        "ledger_leaf", "ledger_hash", "ledger_checkpoint", "ledger_month", "ledger_month_source")
                .contains("resource", "pending_publication", "audit_shipped", "ingest_progress");
        assertThat(names("""
                select table_name || '.' || column_name from information_schema.column_privileges
                where grantee = current_user and privilege_type = 'UPDATE'
                    and table_name in ('resource_version', 'audit_entry', 'audit_seal', 'access_record')
                """)).isEmpty();
    }

    @Test
    void itOwnsNothingAndCanBecomeNobody() throws SQLException {
        assertThat(names("select relname from pg_class where pg_get_userbyid(relowner) = current_user"))
                .isEmpty();
        assertThat(names("""
                select rolname from pg_roles
                where rolname = current_user and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
                """)).isEmpty();
        assertThat(names("""
                select rolname from pg_roles
                where rolname <> current_user and pg_has_role(current_user, oid, 'MEMBER') and rolname not like 'pg\\_%'
                """)).isEmpty();
        for (String change : List.of(
                "set role %s".formatted(database.ownerUser()),
                "set session_replication_role = replica",
                "create table other (i integer)",
                "create schema other",
                "create function f() returns integer language sql as 'select 1'",
                "alter default privileges grant all on tables to public; create table other (i integer)")) {
            assertRefused(change);
        }
    }

    private static void assertRefused(String change) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(change))
                    .as(change)
                    .hasFieldOrPropertyWithValue("SQLState", "42501");
        }
    }

    private static List<String> names(String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
