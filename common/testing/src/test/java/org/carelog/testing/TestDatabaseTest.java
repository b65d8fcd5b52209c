package org.carelog.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void theRuntimeRoleMayDoWhatTheMigrationGrantsAndNoMore() throws SQLException {
        // Given
        try (TestDatabase database = RealPlatform.database("db/trial");
                Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            // When
            statement.execute("insert into letter values ('a')");

            // Then
            assertThat(count(connection)).isOne();
            assertThatThrownBy(() -> statement.execute("delete from letter")).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("create table other (i int)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void twoDatabasesShareNothing() throws SQLException {
        // Given
        try (TestDatabase one = RealPlatform.database("db/trial");
                TestDatabase other = RealPlatform.database("db/trial")) {
            // When
            try (Connection connection = one.ownerDataSource().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("insert into letter values ('a')");
            }

            // Then
            try (Connection connection = other.dataSource().getConnection()) {
                assertThat(count(connection)).isZero();
            }
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from letter")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
