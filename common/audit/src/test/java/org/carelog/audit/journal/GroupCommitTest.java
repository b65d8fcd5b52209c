package org.carelog.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carelog.testing.CuttableWire;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final int CALLERS = 64;
    private static final int CALLS = 20;

    private static final Duration BOUND = Duration.ofSeconds(2);

    private TestDatabase database;

    @BeforeEach
    void aFreshDatabase() {
        database = RealPlatform.database("db/journal");
    }

    @Test
    void anEntryIsDurableWhenTheCallReturns() throws Exception {
        try (JournalFixture replica = new JournalFixture(database)) {
            // When
            List<Integer> foundAfterReturn = inParallel(CALLERS, () -> {
                int found = 0;
                try (Connection other = connect()) {
                    for (int i = 0; i < CALLS; i++) {
                        Access access = Samples.aRead();
                        replica.journal.record(access);
                        found += count(other, AccessJson.encode(access));
                    }
                }
                return found;
            });

            // Then
            assertThat(foundAfterReturn).hasSize(CALLERS).containsOnly(CALLS);
            assertThat(SealedChain.faults(replica.dataSource, "test-service")).isEmpty();
            assertThat(number("select count(*) from audit_seal")).isLessThan(CALLERS * CALLS / 2);
        }
    }

    @Test
    void replicasAndWritesShareOneDenseSequence() throws Exception {
        try (JournalFixture one = new JournalFixture(database);
                JournalFixture other = new JournalFixture(database)) {
            // When
            inParallel(CALLERS / 4, () -> {
                try (Connection connection = connect()) {
                    for (int i = 0; i < CALLS; i++) {
                        one.journal.record(Samples.aRead());
                        other.journal.record(Samples.aRead());
                        other.recordInOwnTransaction(connection, Samples.aRead());
                    }
                }
                return true;
            });

            // Then
            await().untilAsserted(() -> assertThat(SealedChain.faults(one.dataSource, "test-service"))
                    .isEmpty());
            assertThat(number("select sum(cardinality(entry_nos)) from audit_seal"))
                    .isEqualTo(CALLERS / 4 * CALLS * 3);
            assertThat(number("select count(*) from audit_unsealed")).isZero();
        }
    }

    @Test
    void whatAnotherReplicaLeftIsSealedWithoutACall() throws Exception {
        try (JournalFixture replica = new JournalFixture(database)) {
            // Given
            replica.journal.record(Samples.aRead());

            // When
            try (Connection owner = asOwner();
                    Statement statement = owner.createStatement()) {
                statement.execute("""
                        with written as (insert into audit_entry (entry) values ('{}') returning entry_no)
                        insert into audit_unsealed (entry_no) select entry_no from written
                        """);
            }

            // Then
            await().untilAsserted(() -> assertThat(number("select sum(cardinality(entry_nos)) from audit_seal"))
                    .isEqualTo(2));
        }
    }

    @Test
    void anotherReplicaSealsWhenTheOneThatDidHasLostItsSession() throws Exception {
        try (CuttableWire wire = new CuttableWire(database.jdbcUrl());
                JournalFixture one = new JournalFixture(database, wire.jdbcUrl(), "unused", BOUND)) {
            // Given
            one.journal.record(Samples.aRead());
            try (JournalFixture other = new JournalFixture(database)) {
                other.journal.record(Samples.aRead());

                // When
                wire.cut();
                other.journal.record(Samples.aRead());

                // Then
                await().untilAsserted(() -> assertThat(number("select sum(cardinality(entry_nos)) from audit_seal"))
                        .isEqualTo(3));
                wire.mend();
                await().until(one.groupCommit::isAvailable);
                one.journal.record(Samples.aRead());
                other.journal.record(Samples.aRead());
                await().untilAsserted(() -> assertThat(number("select count(*) from audit_unsealed"))
                        .isZero());
                assertThat(SealedChain.faults(other.dataSource, "test-service")).isEmpty();
            }
        }
    }

    @Test
    void aSessionThatTheServerEndsIsBegunAnew() throws Exception {
        try (JournalFixture replica = new JournalFixture(database)) {
            // Given
            replica.journal.record(Samples.aRead());

            // When
            number("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where application_name = 'carelog-journal' and datname = current_database()");

            // Then
            await().ignoreException(JournalUnavailable.class)
                    .untilAsserted(() -> replica.journal.record(Samples.aRead()));
            await().untilAsserted(() -> assertThat(SealedChain.faults(replica.dataSource, "test-service"))
                    .isEmpty());
        }
    }

    @Test
    void withoutTheDatabaseThereIsNoAnswerAndAfterwardsThereIs() throws Exception {
        try (CuttableWire wire = new CuttableWire(database.jdbcUrl());
                JournalFixture replica = new JournalFixture(database, wire.jdbcUrl(), "unused", BOUND)) {
            // Given
            replica.journal.record(Samples.aRead());
            wire.cut();

            // When
            assertThatThrownBy(() -> replica.journal.record(Samples.aRead())).isInstanceOf(JournalUnavailable.class);

            // Then
            await().until(() -> !replica.groupCommit.isAvailable());
            wire.mend();
            await().until(replica.groupCommit::isAvailable);
            replica.journal.record(Samples.aRead());
        }
        assertThat(number("select count(*) from audit_entry")).isEqualTo(2);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsWaitedForNoLongerThanTheBound() throws Exception {
        try (CuttableWire wire = new CuttableWire(database.jdbcUrl());
                JournalFixture replica = new JournalFixture(database, wire.jdbcUrl(), "unused", BOUND)) {
            // Given
            replica.journal.record(Samples.aRead());
            wire.swallow();
            long begin = System.nanoTime();

            // When
            assertThatThrownBy(() -> replica.journal.record(Samples.aRead())).isInstanceOf(JournalUnavailable.class);

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(5));
        }
    }

    @Test
    void aJournalThatFailedInAnyWayGoesOn() throws Exception {
        try (JournalFixture replica =
                new JournalFixture(database, FailingOnceDriver.url(database.jdbcUrl()), "unused", BOUND)) {
            // When
            await().until(replica.groupCommit::isAvailable);

            // Then
            replica.journal.record(Samples.aRead());
        }
        assertThat(number("select count(*) from audit_entry")).isEqualTo(1);
    }

    @Test
    void theRuntimeRoleCannotChangeWhatItWrote() throws Exception {
        try (JournalFixture replica = new JournalFixture(database);
                Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // Given
            replica.journal.record(Samples.aRead());

            // When / Then
            for (String change : List.of(
                    "update audit_entry set entry = ''",
                    "delete from audit_entry",
                    "truncate audit_entry",
                    "update audit_seal set hash = previous_hash",
                    "delete from audit_seal",
                    "drop table audit_seal")) {
                assertThatThrownBy(() -> statement.execute(change)).hasFieldOrPropertyWithValue("SQLState", "42501");
            }
        }
    }

    @Test
    void whoeverChangesAnEntryIsFoundOut() throws Exception {
        try (JournalFixture replica = new JournalFixture(database)) {
            // Given
            for (int i = 0; i < 3; i++) {
                replica.journal.record(Samples.aRead());
            }

            // When
            try (Connection owner = asOwner();
                    Statement statement = owner.createStatement()) {
                statement.execute("""
                        update audit_entry set entry = convert_to(
                            replace(convert_from(entry, 'UTF8'), 'clinician', 'somebody'), 'UTF8')
                        where entry_no = (select entry_nos[1] from audit_seal where first_seq = 2)
                        """);
            }

            // Then
            assertThat(SealedChain.faults(replica.dataSource, "test-service"))
                    .containsExactly("changed in the seal that ends at 2");
        }
    }

    private static <T> List<T> inParallel(int threads, Callable<T> call) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.runtimeUser(), database.runtimePassword());
    }

    private Connection asOwner() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.ownerUser(), database.ownerPassword());
    }

    private static int count(Connection connection, byte[] entry) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(*) from audit_entry where entry = ?")) {
            statement.setBytes(1, entry);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
