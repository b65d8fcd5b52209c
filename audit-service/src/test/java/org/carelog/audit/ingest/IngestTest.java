package org.carelog.audit.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.carelog.audit.SealedSource;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.ledger.Ledger;
import org.carelog.sql.Sql;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServiceResource.class)
class IngestTest {
    @Inject
    Sql sql;

    @Inject
    Ledger ledger;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void entriesOfSeveralSourcesAreKeptInTheOrderOfEach() {
        try (SealedSource patients = new SealedSource("patient-service");
                SealedSource encounters = new SealedSource("encounter-service")) {
            // When
            for (int i = 0; i < 10; i++) {
                patients.send(patients.sealReads(5));
                encounters.send(encounters.sealReads(3));
            }

            // Then
            await().until(() -> last(patients) == 50 && last(encounters) == 30);
            assertThat(seqs(patients))
                    .isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
            assertThat(seqs(encounters))
                    .isEqualTo(LongStream.rangeClosed(1, 30).boxed().toList());
            assertThat(events(patients)).isEqualTo(50);
            assertThat(events(encounters)).isEqualTo(30);
            assertThat(findings(patients)).isEmpty();
        }
    }

    @Test
    void whatIsSentAgainChangesNothing() {
        try (SealedSource source = new SealedSource("patient-service")) {
            // Given
            List<AccessRecorded> entries = source.sealReads(20);
            source.send(entries);

            // When
            source.send(entries);
            source.send(entries.reversed());
            source.send(source.seal(SealedSource.read("last", "p")));

            // Then
            await().until(() -> last(source) == 21);
            assertThat(seqs(source)).hasSize(21);
            assertThat(events(source)).isEqualTo(21);
            assertThat(findings(source)).isEmpty();
        }
    }

    @Test
    void aGapIsNoticedAndClosedWhenWhatWasMissingComes() {
        try (SealedSource source = new SealedSource("patient-service")) {
            // Given
            List<AccessRecorded> entries = source.sealReads(6);

            // When
            source.send(entries.subList(0, 2));
            source.send(entries.subList(4, 6));

            // Then
            await().until(() -> last(source) == 6);
            assertThat(findings(source)).containsExactly("gap 3-4");
            await().untilAsserted(() ->
                    given().port(managementPort).get("/q/health/well").then().statusCode(503));

            // When
            source.send(entries.subList(2, 4));

            // Then
            await().until(() -> seqs(source).size() == 6);
            await().until(() -> ledger.openGaps() == 0);
            assertThat(findings(source)).containsExactly("gap 3-4");
        }
    }

    @Test
    void anEntryThatIsNotAsItWasSealedIsKeptShownAndNoted() {
        try (SealedSource source = new SealedSource("patient-service")) {
            // Given
            AccessRecorded sealed = source.seal(SealedSource.read("e1", "p1"));
            byte[] changed = SealedSource.read("e1", "p2").toString().getBytes(StandardCharsets.UTF_8);

            // When
            source.send(new AccessRecorded(source.name(), 1, sealed.previousHash(), sealed.hash(), changed));

            // Then
            await().until(() -> last(source) == 1);
            assertThat(findings(source)).containsExactly("hash 1");
            assertThat(events(source)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "yesterday"})
    void anEntryThatCannotBeShownIsKeptAndNotedAndTheOthersFollow(String at) {
        try (SealedSource source = new SealedSource("patient-service")) {
            // Given
            ObjectNode strange = SealedSource.read("e1", "p1").put("at", at);

            // When
            source.send(
                    source.seal(SealedSource.read("e0", "p0")),
                    source.seal(strange),
                    source.seal(SealedSource.read("e2", "p2")));

            // Then
            await().until(() -> last(source) == 3);
            assertThat(seqs(source)).containsExactly(1L, 2L, 3L);
            assertThat(findings(source)).containsExactly("unreadable 2");
            assertThat(events(source)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\ud800", "../../etc/passwd", "x'; drop table resource; --", "ä", " "})
    void whateverWasAskedForCanBeShown(String id) {
        try (SealedSource source = new SealedSource("patient-service")) {
            // Given
            ObjectNode strange = SealedSource.read(id, null);
            strange.put("status", 404)
                    .put("query", id)
                    .put("networkAddress", id)
                    .put("requestId", id);
            ((ObjectNode) strange.get("agent"))
                    .put("name", id)
                    .put("subject", id)
                    .put("client", id);
            ObjectNode long_ = SealedSource.read(id.repeat(5000), null);

            // When
            source.send(source.seal(strange), source.seal(long_));

            // Then
            await().until(() -> last(source) == 2);
            assertThat(findings(source)).isEmpty();
            assertThat(events(source)).isEqualTo(2);
        }
    }

    @Test
    void aRecordThatIsNoEntryIsKeptAndTheOthersFollow() {
        try (SealedSource source = new SealedSource("patient-service")) {
            // Given
            String marker = "no entry of " + source.name();

            // When
            source.sendBytes(marker.getBytes(StandardCharsets.UTF_8));
            source.sendBytes(null);
            source.send(new AccessRecorded("a\0b", 1, new byte[32], new byte[32], new byte[] {1}));
            source.send(source.sealReads(1));

            // Then
            await().until(() -> last(source) == 1);
            assertThat(sql.list(
                            "select value from unreadable_record where value = ?",
                            row -> row.getBytes(1),
                            marker.getBytes(StandardCharsets.UTF_8)))
                    .hasSize(1);
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenTheDatabaseEndsItsSessions() throws SQLException {
        try (SealedSource source = new SealedSource("patient-service")) {
            // When
            for (int i = 0; i < 20; i++) {
                source.send(source.sealReads(20));
                endSessions();
            }

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> seen(source) == 400);
            assertThat(seqs(source))
                    .isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
            assertThat(events(source)).isEqualTo(400);
            assertThat(findings(source)).isEmpty();
        }
    }

    /** One that was paused and woke has nothing to note that is not so. */
    @Test
    void twoThatTakeInTheSameNoteNoGap() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            try (SealedSource source = new SealedSource("patient-service")) {
                // Given
                List<AccessRecorded> entries = source.sealReads(12);
                AtomicInteger lengths = new AtomicInteger(4);

                // When
                Parallel.times(4, () -> {
                    List<AccessRecorded> some = entries.subList(0, lengths.addAndGet(2));
                    return QuarkusTransaction.requiringNew().call(() -> ledger.append(source.name(), some));
                });

                // Then
                assertThat(findings(source)).isEmpty();
                assertThat(seqs(source)).hasSize(12);
            }
        }
    }

    private List<Long> seqs(SealedSource source) {
        return sql.list(
                "select seq from access_record where source = ? order by received_at, seq",
                row -> row.getLong(1),
                source.name());
    }

    private long last(SealedSource source) {
        return sql.first(
                        "select coalesce(max(seq), 0) from access_record where source = ?",
                        row -> row.getLong(1),
                        source.name())
                .orElseThrow();
    }

    /** The same on a connection of its own, for when the pool's are ended. */
    private long seen(SealedSource source) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                var statement = connection.prepareStatement(
                        "select coalesce(max(seq), 0) from access_record where source = ?")) {
            statement.setString(1, source.name());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private long events(SealedSource source) {
        return sql.first("""
                        select count(*) from resource_version
                        where resource_type = 'AuditEvent' and convert_from(content, 'UTF8') like ?
                        """, row -> row.getLong(1), "%\"site\":\"" + source.name() + "\"%")
                .orElseThrow();
    }

    private List<String> findings(SealedSource source) {
        List<String> findings = new ArrayList<>();
        Stream.of(
                        sql.list(
                                "select 'gap ' || first_seq || '-' || last_seq from source_gap where source = ?",
                                row -> row.getString(1),
                                source.name()),
                        sql.list(
                                "select kind || ' ' || seq from source_fault where source = ? order by seq",
                                row -> row.getString(1),
                                source.name()))
                .forEach(findings::addAll);
        return findings;
    }

    private void endSessions() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where usename = current_user and pid <> pg_backend_pid()
                    """);
        }
    }
}
