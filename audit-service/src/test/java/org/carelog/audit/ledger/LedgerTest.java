package org.carelog.audit.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Chain;
import org.carelog.sql.Sql;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class LedgerTest {
    private static final String SOURCE = "patient-service";

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private Ledger ledger;

    @BeforeEach
    void aFreshLedger() {
        TestDatabase database = RealPlatform.database("db/audit");
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.runtimeUser());
        dataSource.setPassword(database.runtimePassword());
        ledger = new Ledger(new Sql(dataSource));
    }

    @Test
    void whatComesInOrderIsKeptWithoutAFinding() throws SQLException {
        // Given
        List<AccessRecorded> chain = SampleChain.of(SOURCE, 10);

        // When
        Appended first = ledger.append(SOURCE, chain.subList(0, 4));
        Appended second = ledger.append(SOURCE, chain.subList(4, 10));

        // Then
        assertThat(seqs(first)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(seqs(second)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(second.gaps()).isEmpty();
        assertThat(second.faults()).isEmpty();
        assertThat(ledger.openGaps()).isZero();
        assertThat(ledger.faults()).isZero();
    }

    @Test
    void whatComesTwiceIsThereOnce() {
        // Given
        List<AccessRecorded> chain = SampleChain.of(SOURCE, 4);
        ledger.append(SOURCE, chain);

        // When
        Appended again = ledger.append(SOURCE, List.of(chain.get(3), chain.get(2), chain.get(3)));

        // Then
        assertThat(again.entries()).isEmpty();
        assertThat(again.faults()).isEmpty();
    }

    @Test
    void aHoleIsNoticedAndClosedByWhatComesLate() {
        // Given
        List<AccessRecorded> chain = SampleChain.of(SOURCE, 6);
        ledger.append(SOURCE, chain.subList(0, 2));

        // When
        Appended after = ledger.append(SOURCE, chain.subList(4, 6));

        // Then
        assertThat(after.gaps()).containsExactly(new Gap(3, 4));
        assertThat(after.faults()).isEmpty();
        assertThat(ledger.openGaps()).isEqualTo(1);

        // When
        Appended late = ledger.append(SOURCE, chain.subList(2, 4));

        // Then
        assertThat(seqs(late)).containsExactly(3L, 4L);
        assertThat(late.late()).isTrue();
        assertThat(late.faults()).isEmpty();
        assertThat(ledger.openGaps()).isZero();
    }

    @Test
    void aSequenceThatDoesNotBeginAtItsBeginningHasAGap() {
        assertThat(ledger.append(SOURCE, SampleChain.of(SOURCE, 3).subList(2, 3))
                        .gaps())
                .containsExactly(new Gap(1, 2));
    }

    @Test
    void sourcesHaveNothingToDoWithEachOther() {
        // Given
        ledger.append(SOURCE, SampleChain.of(SOURCE, 3));

        // When
        Appended other = ledger.append("encounter-service", SampleChain.of("encounter-service", 1));

        // Then
        assertThat(seqs(other)).containsExactly(1L);
        assertThat(other.gaps()).isEmpty();
        assertThat(other.faults()).isEmpty();
    }

    @Test
    void anEntryThatIsNotWhatWasSealedIsKeptAndNoted() {
        // Given
        List<AccessRecorded> chain = SampleChain.of(SOURCE, 3);
        AccessRecorded second = chain.get(1);
        AccessRecorded changed =
                new AccessRecorded(SOURCE, 2, second.previousHash(), second.hash(), "{\"changed\":1}".getBytes(UTF_8));

        // When
        Appended appended = ledger.append(SOURCE, List.of(chain.get(0), changed, chain.get(2)));

        // Then
        assertThat(appended.entries()).hasSize(3);
        assertThat(appended.faults()).containsExactly(new Fault(2, FaultKind.HASH));
        assertThat(ledger.faults()).isEqualTo(1);
    }

    @Test
    void anEntryThatWasSealedAnewBreaksTheChainBehindIt() {
        // Given
        List<AccessRecorded> chain = SampleChain.of(SOURCE, 3);
        byte[] bytes = "{\"changed\":1}".getBytes(UTF_8);
        byte[] previous = chain.get(0).hash();
        AccessRecorded forged = new AccessRecorded(SOURCE, 2, previous, Chain.next(previous, 2, bytes), bytes);

        // When
        Appended appended = ledger.append(SOURCE, List.of(chain.get(0), forged, chain.get(2)));

        // Then
        assertThat(appended.faults()).containsExactly(new Fault(3, FaultKind.CHAIN));
    }

    @Test
    void aLateEntryThatDoesNotFitBetweenItsNeighboursIsNoted() {
        // Given
        List<AccessRecorded> chain = SampleChain.of(SOURCE, 3);
        ledger.append(SOURCE, List.of(chain.get(0), chain.get(2)));
        byte[] bytes = "{\"changed\":1}".getBytes(UTF_8);
        byte[] previous = chain.get(0).hash();

        // When
        Appended late = ledger.append(
                SOURCE, List.of(new AccessRecorded(SOURCE, 2, previous, Chain.next(previous, 2, bytes), bytes)));

        // Then
        assertThat(late.faults()).containsExactly(new Fault(3, FaultKind.CHAIN));
    }

    @Test
    void aChainThatBeginsAnewIsNoted() {
        // Given
        List<AccessRecorded> chain = SampleChain.of("another-source", 1);

        // When
        Appended appended = ledger.append(SOURCE, chain);

        // Then
        assertThat(appended.faults()).containsExactly(new Fault(1, FaultKind.CHAIN));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherEntryUnderATakenNumberIsNotedAndTheFirstStays(boolean inOneBatch) throws SQLException {
        // Given
        AccessRecorded first = SampleChain.of(SOURCE, 1).getFirst();
        byte[] bytes = "{\"changed\":1}".getBytes(UTF_8);
        byte[] start = Chain.start(SOURCE);
        AccessRecorded other = new AccessRecorded(SOURCE, 1, start, Chain.next(start, 1, bytes), bytes);

        // When
        Appended appended;
        if (inOneBatch) {
            appended = ledger.append(SOURCE, List.of(first, other));
        } else {
            ledger.append(SOURCE, List.of(first));
            appended = ledger.append(SOURCE, List.of(other));
        }

        // Then
        assertThat(appended.faults()).containsExactly(new Fault(1, FaultKind.CONFLICT));
        assertThat(new Sql(dataSource).first("select entry from access_record", row -> row.getBytes(1)))
                .contains(first.entry());
    }

    @Test
    void theRuntimeRoleCannotChangeWhatItWrote() throws SQLException {
        // Given
        ledger.append(SOURCE, SampleChain.of(SOURCE, 3).subList(1, 3));
        ledger.unreadable(SOURCE, 2);

        // When / Then
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("access_record", "source_gap", "source_fault", "unreadable_record")) {
                for (String change : List.of("delete from " + table, "truncate " + table, "drop table " + table)) {
                    assertThatThrownBy(() -> statement.execute(change))
                            .hasFieldOrPropertyWithValue("SQLState", "42501");
                }
            }
            for (String change : List.of(
                    "update access_record set entry = ''",
                    "update source_gap set last_seq = first_seq",
                    "update source_fault set kind = 'hash'")) {
                assertThatThrownBy(() -> statement.execute(change)).hasFieldOrPropertyWithValue("SQLState", "42501");
            }
        }
    }

    private static List<Long> seqs(Appended appended) {
        return appended.entries().stream().map(AccessRecorded::seq).toList();
    }
}
