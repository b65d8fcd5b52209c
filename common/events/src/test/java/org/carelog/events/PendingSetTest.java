package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingSetTest {
    private TestDatabase database;

    @BeforeEach
    void aDatabase() {
        database = RealPlatform.database("db/events");
    }

    @AfterEach
    void itGoes() {
        database.close();
    }

    @Test
    void oneConnectionOwnsItUntilItEnds() throws SQLException {
        // Given
        PendingSet owned = PendingSet.own(connect());

        // When
        PendingSet second = PendingSet.own(connect());

        // Then
        assertThat(owned).isNotNull();
        assertThat(second).isNull();
        owned.close();
        try (PendingSet next = PendingSet.own(connect())) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void whoCannotPrepareGivesUpTheLock() throws SQLException {
        // Given
        Connection failing = failingAfterTheLock(connect());

        // When
        assertThatThrownBy(() -> PendingSet.own(failing)).isInstanceOf(SQLException.class);

        // Then
        try (PendingSet next = PendingSet.own(connect())) {
            assertThat(next).isNotNull();
        }
    }

    private Connection connect() throws SQLException {
        return database.dataSource().getConnection();
    }

    private static Connection failingAfterTheLock(Connection connection) {
        int[] statements = {0};
        return (Connection) Proxy.newProxyInstance(
                PendingSetTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement") && statements[0]++ > 0) {
                        throw new SQLException("cancelled", "57014");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
