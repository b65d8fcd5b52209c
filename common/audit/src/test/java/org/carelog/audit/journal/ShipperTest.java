package org.carelog.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.carelog.testing.MortalKafka;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShipperTest {
    private static final String SOURCE = "test-service";

    private TestDatabase database;

    @BeforeEach
    void aFreshDatabase() {
        database = RealPlatform.database("db/journal");
    }

    @AfterEach
    void itGoes() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyEntryComesInOrderWhoeverIsKilled(long seed) throws Exception {
        // Given
        Random chance = new Random(seed);
        String topic = RealPlatform.topic("carelog.trial.recorded.v1");
        try (JournalFixture one = new JournalFixture(database, database.jdbcUrl(), topic);
                JournalFixture other = new JournalFixture(database, database.jdbcUrl(), topic);
                Connection writer = database.dataSource().getConnection();
                AccessTopicReader reader = new AccessTopicReader(RealPlatform.kafka(), topic)) {
            Shipper first = one.ship(RealPlatform.kafka());
            Shipper second = other.ship(RealPlatform.kafka());

            // When
            for (int i = 0; i < 150; i++) {
                (chance.nextBoolean() ? one : other).recordInOwnTransaction(writer, Samples.aRead());
                if (chance.nextInt(3) == 0) {
                    one.journal.record(Samples.aRead());
                }
                if (chance.nextInt(15) == 0) {
                    endSessions("carelog-shipper");
                }
            }

            // Then
            await().until(() -> number("select count(*) from audit_unsealed") == 0);
            long entries = number("select count(*) from audit_entry");
            await().until(() -> number("select next_seq from audit_shipped") == entries + 1);
            await().until(() -> reader.readSeqs().contains(entries));
            assertThat(faults(reader.read(), entries)).isEmpty();
            assertThat(one.metrics.isChainIntact()).isTrue();
            first.stop();
            second.stop();
        }
    }

    @Test
    void entriesWaitForKafkaAndFollowInOrder() throws Exception {
        try (MortalKafka kafka = MortalKafka.started()) {
            // Given
            String topic = kafka.topic("recorded");
            try (JournalFixture replica = new JournalFixture(database, database.jdbcUrl(), topic)) {
                Shipper shipper = replica.ship(kafka.bootstrapServers());
                record(replica, 20);
                await().until(() -> number("select next_seq from audit_shipped") == 21);

                // When
                kafka.kill();
                record(replica, 20);
                await().until(() -> replica.metrics.unshipped() == 20);
                kafka.start();

                // Then
                await().until(() -> number("select next_seq from audit_shipped") == 41);
                try (AccessTopicReader reader = new AccessTopicReader(kafka.bootstrapServers(), topic)) {
                    await().until(() -> reader.readSeqs().contains(40L));
                    assertThat(faults(reader.read(), 40)).isEmpty();
                }
                shipper.stop();
            }
        }
    }

    @Test
    void whatIsNotAsItWasSealedIsNoticedAndSentAllTheSame() throws Exception {
        // Given
        String topic = RealPlatform.topic("carelog.trial.recorded.v1");
        try (JournalFixture replica = new JournalFixture(database, database.jdbcUrl(), topic);
                AccessTopicReader reader = new AccessTopicReader(RealPlatform.kafka(), topic)) {
            record(replica, 3);
            asOwner("update audit_entry set entry = '{}' where entry_no = (select min(entry_no) + 1 from audit_entry)");

            // When
            Shipper shipper = replica.ship(RealPlatform.kafka());

            // Then
            await().until(() -> !replica.metrics.isChainIntact());
            await().until(() -> reader.readSeqs().contains(3L));
            assertThat(faults(reader.read(), 3)).containsExactly("not its hash: 2");
            shipper.stop();
        }
    }

    @Test
    void entriesThatFollowEachOtherCloselyAreSentTogether() throws Exception {
        // Given
        String topic = RealPlatform.topic("carelog.trial.recorded.v1");
        asOwner("""
                create table moved (to_seq bigint);
                create function note() returns trigger language plpgsql security definer
                    as 'begin insert into moved values (new.next_seq); return null; end';
                create trigger moved after update on audit_shipped for each row execute function note();
                grant select on moved to public
                """);
        try (JournalFixture replica = new JournalFixture(database, database.jdbcUrl(), topic)) {
            Shipper shipper = replica.ship(RealPlatform.kafka());

            // When
            record(replica, 200);

            // Then
            await().until(() -> number("select next_seq from audit_shipped") == 201);
            assertThat(number("select count(*) from moved")).isLessThan(50);
            shipper.stop();
        }
    }

    private static void record(JournalFixture replica, int entries) {
        for (int i = 0; i < entries; i++) {
            replica.journal.record(Samples.aRead());
        }
    }

    /** What is wrong with the topic: each number is there, before the next one, and the chain holds. */
    private static List<String> faults(List<AccessRecorded> records, long last) {
        List<String> faults = new ArrayList<>();
        byte[] hash = Chain.start(SOURCE);
        long seq = 0;
        for (AccessRecorded record : records) {
            if (record.seq() > seq + 1) {
                faults.add("before its predecessor: " + record.seq());
            }
            if (record.seq() == seq + 1) {
                seq++;
                if (!Arrays.equals(record.previousHash(), hash)) {
                    faults.add("does not follow: " + seq);
                }
                if (!Arrays.equals(Chain.next(hash, seq, record.entry()), record.hash())) {
                    faults.add("not its hash: " + seq);
                }
                hash = record.hash();
            }
        }
        if (seq != last) {
            faults.add("ends at " + seq);
        }
        return faults;
    }

    private void endSessions(String name) throws SQLException {
        number("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '%s'"
                        .formatted(name)
                + " and datname = current_database()");
    }

    private void asOwner(String change) throws SQLException {
        try (Connection connection = database.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
