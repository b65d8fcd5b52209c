package org.carelog.audit.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.ConsistencyProof;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SigningKey;
import org.carelog.sql.Sql;
import org.carelog.sql.SqlFailure;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The ledger over months, whose clock is the owner's to set. */
class LedgerMonthsTest {
    private static final String SOURCE = "patient-service";
    private static final SigningKey KEY = SigningKey.of("carelog/audit", SignatureType.ED25519, new byte[32]);

    private final TestDatabase database = RealPlatform.database("db/audit");
    private final Sql sql = new Sql(database.dataSource());
    private final Sql owner = new Sql(database.ownerDataSource());
    private final Ledger ledger = new Ledger(sql);
    private final MerkleLog log = new MerkleLog(sql);
    private final List<AccessRecorded> chain = chain(40);

    @Test
    void eachMonthHasTablesOfItsOwnAndTheTreeGoesOn() {
        // When
        takeIn("2016-01-31T23:59:59.999999Z", 0, 5);
        takeIn("2016-02-01T00:00:00Z", 5, 8);
        takeIn("2016-04-15T12:00:00Z", 8, 12);

        // Then
        assertThat(sql.list(
                        "select to_char(month at time zone 'UTC', 'YYYY-MM-DD') || ' ' || first_leaf from ledger_month order by month",
                        row -> row.getString(1)))
                .containsExactly("2016-01-01 0", "2016-02-01 5", "2016-04-01 8");
        assertThat(rows("access_record_2016_02")).isEqualTo(3);
        assertThat(rows("ledger_leaf_2016_04")).isEqualTo(4);
        assertThat(log.size()).isEqualTo(12);
        assertThat(log.tree().inclusion(6, 12).proves(leaf(6), log.tree().root(12)))
                .isTrue();
    }

    @Test
    void whatCameInAnEarlierMonthDoesNotComeAgain() {
        // Given
        takeIn("2016-01-10T00:00:00Z", 0, 6);
        clock("2016-03-01T00:00:00Z");
        AccessRecorded third = chain.get(2);
        AccessRecorded other =
                new AccessRecorded(SOURCE, 3, third.previousHash(), third.hash(), "{\"changed\":1}".getBytes(UTF_8));

        // When
        Appended again = ledger.append(SOURCE, List.of(other, chain.get(3), chain.get(5), chain.get(6)));

        // Then
        assertThat(again.entries()).containsExactly(chain.get(6));
        assertThat(again.gaps()).isEmpty();
        assertThat(again.faults()).containsExactly(new Fault(3, FaultKind.CONFLICT));
    }

    @Test
    void whatComesMonthsLateClosesItsGapAndFitsItsNeighbours() {
        // Given
        takeIn("2016-01-10T00:00:00Z", 0, 2);
        takeIn("2016-02-10T00:00:00Z", 3, 6);
        assertThat(ledger.openGaps()).isEqualTo(1);

        // When
        Appended late = takeIn("2016-05-10T00:00:00Z", 2, 3);
        Appended next = takeIn("2016-06-10T00:00:00Z", 6, 7);

        // Then
        assertThat(late.faults()).isEmpty();
        assertThat(ledger.openGaps()).isZero();
        assertThat(next.gaps()).isEmpty();
        assertThat(next.faults()).isEmpty();
    }

    @Test
    void theLedgersTimeIsNeverOneOfAMonthBeforeTheNewest() {
        // Given
        takeIn("2016-02-01T00:00:00Z", 0, 1);

        // When: a clock was set back
        takeIn("2016-01-20T00:00:00Z", 1, 2);

        // Then
        assertThat(rows("access_record_2016_02")).isEqualTo(2);
    }

    @Test
    void aMonthBeginsWhenAllOfTheOneBeforeIsThere() throws SQLException {
        // Given
        takeIn("2016-01-20T00:00:00Z", 0, 1);
        try (Connection slow = database.dataSource().getConnection();
                Connection first = database.dataSource().getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement().executeQuery("select ledger_time()");
            clock("2016-02-01T00:00:00Z");
            first.createStatement().execute("set lock_timeout = '50ms'");

            // When / Then
            assertThatThrownBy(() -> first.createStatement().executeQuery("select ledger_time()"))
                    .hasFieldOrPropertyWithValue("SQLState", "55P03");
            slow.commit();
            first.createStatement().executeQuery("select ledger_time()");
        }
        assertThat(rows("ledger_month")).isEqualTo(2);
    }

    @Test
    void theRuntimeRoleCanOnlyBeginTheMonthThatItIs() {
        takeIn("2016-01-20T00:00:00Z", 0, 1);
        for (String change : List.of(
                "select ledger_begin_month(now())",
                "select ledger_drop()",
                "select ledger_drop_events(1)",
                "insert into ledger_month values (now(), now(), 1)",
                "insert into access_record_2016_01 select * from access_record",
                "drop table ledger_leaf_2016_01",
                "alter table access_record detach partition access_record_2016_01",
                "create or replace function ledger_clock() returns timestamptz language sql return now()")) {
            assertThatThrownBy(() -> sql.update(change)).as(change).hasMessageContaining("42501");
        }
    }

    @Test
    void aMonthGoesAndEveryProofStays() {
        // Given
        takeIn("2016-01-10T00:00:00Z", 0, 7);
        sign();
        Hash early = log.tree().root(7);
        takeIn("2016-02-10T00:00:00Z", 7, 13);
        Hash kept = log.tree().root(13);
        clock("2026-03-02T00:00:00Z");
        log.append(retention(7, "2016-02-01T00:00:00Z"));
        sign();

        // When
        List<Instant> gone = drop();

        // Then
        assertThat(gone).containsExactly(Instant.parse("2016-01-01T00:00:00Z"));
        assertThat(new Retentions(sql).gone())
                .hasValueSatisfying(what -> assertThat(what.leaves()).isEqualTo(7));
        takeIn("2026-03-02T00:00:00Z", 13, 20);
        assertThat(log.size()).isEqualTo(21);
        Hash root = log.tree().root(21);
        assertThat(log.tree().root(7)).isEqualTo(early);
        for (long old = 1; old <= 13; old++) {
            ConsistencyProof proof = log.tree().consistency(old, 21);
            assertThat(proof.proves(log.tree().root(old), root))
                    .as("from %d", old)
                    .isTrue();
        }
        assertThat(log.tree().consistency(13, 21).proves(kept, root)).isTrue();
        for (long index = 7; index < 21; index++) {
            assertThat(log.tree().inclusion(index, 21).proves(leaf(index), root))
                    .as("leaf %d", index)
                    .isTrue();
        }
    }

    @Test
    void whatIsGoneDoesNotComeAgainAndIsNoGap() {
        // Given: all that the source ever told, with a gap, is gone
        takeIn("2016-01-10T00:00:00Z", 0, 2);
        takeIn("2016-01-11T00:00:00Z", 4, 6);
        clock("2026-03-02T00:00:00Z");
        Appended marker = ledger.append("another-service", SampleChain.of("another-service", 1));
        log.append(List.of(marker));
        log.append(retention(5, "2016-02-01T00:00:00Z"));
        sign();
        drop();

        // When
        Appended again = ledger.append(SOURCE, chain.subList(1, 6));
        Appended next = ledger.append(SOURCE, chain.subList(6, 8));

        // Then
        assertThat(again.entries()).isEmpty();
        assertThat(ledger.openGaps()).isZero();
        assertThat(next.entries()).hasSize(2);
        assertThat(next.gaps()).isEmpty();
        assertThat(next.faults()).isEmpty();
    }

    @Test
    void nothingGoesThatNoSignedLeafGivesUp() {
        // Given
        takeIn("2016-01-10T00:00:00Z", 0, 7);
        takeIn("2016-02-10T00:00:00Z", 7, 13);

        // When / Then
        assertThat(drop()).isEmpty();
        log.append(retention(7, "2016-02-01T00:00:00Z"));
        assertThatThrownBy(this::drop).isInstanceOf(SqlFailure.class).hasMessageContaining("55000");
        log.append(retention(8, "2016-02-01T00:00:00Z"));
        sign();
        assertThatThrownBy(this::drop).isInstanceOf(SqlFailure.class).hasMessageContaining("55000");
        assertThat(rows("access_record")).isEqualTo(13);
    }

    @Test
    void whatWasThereBeforeIsTheFirstMonth() {
        // Given
        TestDatabase old = RealPlatform.database();
        Sql oldSql = new Sql(old.ownerDataSource());
        migrate(old, "202611291301");
        for (int i = 0; i < 3; i++) {
            AccessRecorded entry = chain.get(i);
            Leaf leaf = Leaf.of(entry, Instant.parse("2019-05-0%dT00:00:00.123456Z".formatted(i + 1)), new byte[32]);
            oldSql.update(
                    "insert into access_record values (?, ?, ?, ?, ?, ?)",
                    SOURCE,
                    entry.seq(),
                    entry.entry(),
                    entry.previousHash(),
                    entry.hash(),
                    leaf.takenAt());
            oldSql.update(
                    "insert into ledger_leaf values (?, 'access', ?, ?, ?, ?)",
                    i,
                    SOURCE,
                    entry.seq(),
                    leaf.canonical(),
                    leaf.salt());
        }
        oldSql.update(
                "insert into ledger_hash select 0, leaf_index, sha256('\\x00'::bytea || canonical) from ledger_leaf");
        oldSql.update(
                "insert into ledger_hash select 1, 0, sha256('\\x01'::bytea || a.hash || b.hash) from ledger_hash a, ledger_hash b where a.position = 0 and b.position = 1");

        // When
        migrate(old, "latest");
        oldSql.update(
                "create or replace function ledger_clock() returns timestamptz language sql return date_trunc('month', now(), 'UTC')");
        Sql asService = new Sql(old.dataSource());
        Appended next = new Ledger(asService).append(SOURCE, chain.subList(1, 5));
        new MerkleLog(asService).append(List.of(next));

        // Then
        assertThat(next.entries()).hasSize(2);
        assertThat(next.faults()).isEmpty();
        List<StoredLeaf> leaves = new Leaves(asService).from(0, 10);
        assertThat(leaves)
                .hasSize(5)
                .allSatisfy(leaf -> assertThat(leaf.access()).isPresent());
        assertThat(leaves.getFirst().leaf().takenAt()).isEqualTo(Instant.parse("2019-05-01T00:00:00.123456Z"));
        old.close();
    }

    private static void migrate(TestDatabase database, String target) {
        Flyway.configure()
                .dataSource(database.ownerDataSource())
                .locations("classpath:db/audit")
                .placeholders(java.util.Map.of("runtime_role", database.runtimeUser()))
                .target(target)
                .load()
                .migrate();
    }

    /** As of some time, in a transaction. */
    private Appended takeIn(String time, int from, int to) {
        clock(time);
        Appended appended = ledger.append(SOURCE, chain.subList(from, to));
        log.append(List.of(appended));
        return appended;
    }

    private void clock(String time) {
        owner.update(
                "create or replace function ledger_clock() returns timestamptz language sql return '%s'::timestamptz"
                        .formatted(time));
    }

    private static Retention retention(long firstLeaf, String before) {
        return new Retention(firstLeaf, Instant.parse(before), Instant.parse(before), "an-administrator", "a-client");
    }

    private void sign() {
        long size = log.size();
        sql.update(
                "insert into ledger_checkpoint (tree_size, note) values (?, ?)",
                size,
                new Checkpoint("carelog/audit", size, log.tree().root(size))
                        .signed(KEY)
                        .toString());
    }

    private List<Instant> drop() {
        return owner.list(
                "select * from ledger_drop()", row -> row.getTimestamp(1).toInstant());
    }

    private long rows(String table) {
        return owner.first("select count(*) from " + table, row -> row.getLong(1))
                .orElseThrow();
    }

    private Hash leaf(long index) {
        return new Leaves(sql)
                .from(index, index + 1).stream()
                        .map(leaf -> Hash.leaf(leaf.leaf().canonical()))
                        .findAny()
                        .orElseThrow();
    }

    private static List<AccessRecorded> chain(int length) {
        return SampleChain.of(SOURCE, length);
    }
}
