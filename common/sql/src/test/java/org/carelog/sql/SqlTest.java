package org.carelog.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.carelog.testing.DatabaseResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = DatabaseResource.class,
        initArgs = @ResourceArg(name = "locations", value = "db/trial"),
        restrictToAnnotatedClass = true)
class SqlTest {

    @Inject
    Sql sql;

    @Inject
    OwnConnections connections;

    @ConfigProperty(name = "quarkus.transaction-manager.default-transaction-timeout")
    Duration managersLimit;

    @Test
    void statementsOfATransactionAreThereTogether() {
        // When
        QuarkusTransaction.requiringNew().run(() -> {
            write("one of two");
            write("two of two");
        });

        // Then
        assertThat(letters("% of two")).hasSize(2);
    }

    @Test
    void orNotAtAll() {
        // When
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    write("rolled back");
                    throw new IllegalArgumentException();
                }))
                .isInstanceOf(IllegalArgumentException.class);

        // Then
        assertThat(letters("rolled back")).isEmpty();
    }

    @Test
    void aTransactionThatTakesTooLongIsEndedByTheServerAndNothingOfItIsThere() {
        // Given
        List<Throwable> failures = new ArrayList<>();

        // When
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    write("too late, before");
                    awaitTheEndOfItsTime();
                    try {
                        write("too late, after");
                    } catch (SqlFailure e) {
                        failures.add(e);
                        throw e;
                    }
                }))
                .isInstanceOf(RuntimeException.class);

        // Then
        assertThat(letters("too late, %")).isEmpty();
        assertThat(failures).singleElement().matches(failure -> ((SqlFailure) failure).isUnavailable());
    }

    @Test
    void alsoWhenNothingIsLeftOfItButTheCommit() {
        // When
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    write("too late to commit");
                    awaitTheEndOfItsTime();
                }))
                .isInstanceOf(QuarkusTransactionException.class);

        // Then
        assertThat(letters("too late to commit")).isEmpty();
    }

    @Test
    void aTransactionHasAMinuteWhichTheTransactionManagerDoesNotWatch() {
        assertThat(sql.first("show transaction_timeout", row -> row.getString(1)))
                .contains("1min");
        assertThat(managersLimit).isZero();
    }

    @Test
    void aQueryThatTakesTooLongIsEndedAndTheConnectionIsAsItWas() {
        // When
        assertThatThrownBy(() ->
                        sql.listWithin(Duration.ofMillis(50), "select pg_sleep(?)", row -> row.getString(1), 30.0))
                .isInstanceOfSatisfying(
                        SqlFailure.class,
                        failure -> assertThat(failure.isCancelled()).isTrue());

        // Then
        assertThat(limitOfStatements()).isEqualTo("0");
    }

    @Test
    void theLimitOfAQueryIsOfNoOther() {
        // When
        List<String> within = sql.listWithin(
                Duration.ofMinutes(1),
                "select current_setting('statement_timeout') where ? = 1",
                row -> row.getString(1),
                1);

        // Then
        assertThat(within).containsExactly("1min");
        assertThat(limitOfStatements()).isEqualTo("0");
        QuarkusTransaction.requiringNew().run(() -> {
            sql.listWithin(Duration.ofMinutes(1), "select 1", row -> row.getInt(1));
            assertThat(limitOfStatements()).isEqualTo("0");
        });
    }

    @Test
    void thatAQueryIsPlannedOnceIsSaidOfNoOther() {
        // When
        List<String> within = sql.listPlannedOnce(
                "select current_setting('plan_cache_mode') where ? = 1", row -> row.getString(1), 1);

        // Then
        assertThat(within).containsExactly("force_generic_plan");
        QuarkusTransaction.requiringNew().run(() -> {
            sql.listPlannedOnce("select 1", row -> row.getInt(1));
            assertThat(sql.first("show plan_cache_mode", row -> row.getString(1)))
                    .contains("auto");
        });
    }

    private String limitOfStatements() {
        return sql.first("show statement_timeout", row -> row.getString(1)).orElseThrow();
    }

    @Test
    void outsideATransactionEachStatementIsOne() {
        // When
        write("alone");

        // Then
        assertThat(letters("alone")).hasSize(1);
    }

    @Test
    void valuesBindByTheirType() {
        // Given
        Instant at = Instant.parse("2026-11-24T08:30:00.123456Z");

        // When
        List<String> bound = sql.list(
                "select ?::timestamptz, ?::bigint[], ?::text[], ?::bytea[], ?::bytea, ?::text, ?::boolean[], ?::timestamptz[]",
                row -> "%s %s %s %s %d %s %s %s"
                        .formatted(
                                row.getObject(1, OffsetDateTime.class).toInstant(),
                                row.getArray(2),
                                row.getArray(3),
                                ((byte[][]) row.getArray(4).getArray())[1][0],
                                row.getBytes(5)[0],
                                row.getString(6),
                                row.getArray(7),
                                ((Object[]) row.getArray(8).getArray()).length),
                at,
                new long[] {1, 2},
                new String[] {"a", "b,c"},
                new byte[][] {{1}, {2}},
                new byte[] {3},
                null,
                new Boolean[] {true, false},
                new Instant[] {at, at});

        // Then
        assertThat(bound).containsExactly("2026-11-24T08:30:00.123456Z {1,2} {a,\"b,c\"} 2 3 null {t,f} 2");
    }

    @Test
    void aBatchRunsItsStatementsInTheirOrder() {
        // Given
        Batch batch = sql.batch();
        batch.add("insert into letter select unnest(?)", (Object) new String[] {"batch, first", "batch, second"});
        batch.add("insert into letter select written || ' again' from letter where written like ?", "batch, %");

        // When
        batch.run();

        // Then
        assertThat(letters("batch, %"))
                .containsExactlyInAnyOrder(
                        "batch, first", "batch, second", "batch, first again", "batch, second again");
    }

    @Test
    void aBatchOfWhichOneFailsIsAsIfItNeverWas() {
        // Given
        Batch batch = sql.batch();
        batch.add("insert into letter values (?)", "failing batch, first");
        batch.add("insert into letter values (cast(? as integer)::text)", "no number");

        // When
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(batch::run))
                .isInstanceOf(SqlFailure.class);

        // Then
        assertThat(letters("failing batch, %")).isEmpty();
    }

    @Test
    void aFailureTellsItsKindAndNoValue() {
        assertThatThrownBy(() -> sql.update("insert into letter values (cast(? as integer)::text)", "Chalmers"))
                .isInstanceOf(SqlFailure.class)
                .hasMessage("SQLSTATE 22P02")
                .hasNoCause();
    }

    /** Limits the transaction's time when all is written: a busy machine may take longer for that than the limit. */
    private void awaitTheEndOfItsTime() {
        int session = sql.first("select pg_backend_pid()", row -> row.getInt(1)).orElseThrow();
        sql.limitTransaction(Duration.ofMillis(500));
        try (Connection other = connections.open("watch", Duration.ofSeconds(10));
                PreparedStatement alive = other.prepareStatement("select from pg_stat_activity where pid = ?")) {
            alive.setInt(1, session);
            await().pollInSameThread().until(() -> {
                try (ResultSet row = alive.executeQuery()) {
                    return !row.next();
                }
            });
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void write(String letter) {
        sql.update("insert into letter values (?)", letter);
    }

    private List<String> letters(String like) {
        return sql.list("select written from letter where written like ?", row -> row.getString(1), like);
    }
}
