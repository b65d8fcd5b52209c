package org.carelog.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.ledger.Ledger;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.sql.Sql;
import org.carelog.sql.SqlFailure;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class IngestTest {
    @Inject
    Sql sql;

    @Inject
    Ledger ledger;

    @Inject
    MerkleLog log;

    @TestHTTPResource(value = "/health/well", management = true)
    URL wellness;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void entriesOfSeveralSourcesAreKeptInTheOrderOfEach() {
        // Given
        SealedEntries patients = new SealedEntries();
        SealedEntries encounters = new SealedEntries();

        // When
        for (int i = 0; i < 10; i++) {
            patients.send(patients.sealReads(5));
            encounters.send(encounters.sealReads(3));
        }

        // Then
        await().until(() -> last(patients) == 50 && last(encounters) == 30);
        assertThat(seqs(patients)).isEqualTo(upTo(50));
        assertThat(seqs(encounters)).isEqualTo(upTo(30));
        assertThat(events(patients)).isEqualTo(50);
        assertThat(events(encounters)).isEqualTo(30);
        assertThat(findings(patients)).isEmpty();
    }

    @Test
    void accessesThatShowedAThousandResourcesEachAreTakenInLikeOthers() {
        // Given: more than go into one transaction, each of 30 patients and of nobody
        SealedEntries source = new SealedEntries();
        List<AccessRecorded> entries = new ArrayList<>(source.sealReads(1));
        for (int i = 0; i < 12; i++) {
            Entity[] shown = IntStream.range(0, 1000)
                    .mapToObj(n ->
                            new Entity("Observation", SealedEntries.newId(), 1L, n % 31 == 0 ? null : "p" + n % 31))
                    .toArray(Entity[]::new);
            entries.add(source.seal(SealedEntries.access(
                    "history-system", "GET", 200, SealedEntries.clinician("c"), Instant.EPOCH, shown)));
        }
        entries.addAll(source.sealReads(1));

        // When
        source.send(entries);

        // Then
        await().until(() -> last(source) == 14);
        assertThat(seqs(source)).isEqualTo(upTo(14));
        assertThat(events(source)).isEqualTo(1 + 12 * 31 + 1);
        assertThat(findings(source)).isEmpty();
    }

    @Test
    void whatIsSentAgainChangesNothing() {
        // Given
        SealedEntries source = new SealedEntries();
        List<AccessRecorded> entries = source.sealReads(20);
        source.send(entries);

        // When
        source.send(entries);
        source.send(entries.reversed());
        source.send(source.sealReads(1));

        // Then
        await().until(() -> last(source) == 21);
        assertThat(seqs(source)).hasSize(21);
        assertThat(events(source)).isEqualTo(21);
        assertThat(findings(source)).isEmpty();
    }

    @Test
    void aGapIsNoticedAndClosedWhenWhatWasMissingComes() {
        // Given
        SealedEntries source = new SealedEntries();
        List<AccessRecorded> entries = source.sealReads(6);

        // When
        source.send(entries.subList(0, 2));
        source.send(entries.subList(4, 6));

        // Then
        await().until(() -> last(source) == 6);
        assertThat(findings(source)).containsExactly("gap 3-4");
        await().untilAsserted(() -> given().get(wellness).then().statusCode(503));

        // When
        source.send(entries.subList(2, 4));

        // Then
        await().until(() -> seqs(source).size() == 6);
        assertThat(openGaps(source)).isZero();
        assertThat(findings(source)).containsExactly("gap 3-4");
    }

    @Test
    void anEntryThatIsNotAsItWasSealedIsKeptShownAndNoted() {
        // Given
        SealedEntries source = new SealedEntries();
        AccessRecorded sealed = source.sealReads(1).getFirst();
        byte[] changed = new SealedEntries().sealReads(1).getFirst().entry();

        // When
        source.send(List.of(new AccessRecorded(source.source, 1, sealed.previousHash(), sealed.hash(), changed)));

        // Then
        await().until(() -> last(source) == 1);
        assertThat(findings(source)).containsExactly("hash 1");
        assertThat(events(source)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "yesterday"})
    void anEntryThatCannotBeShownIsKeptAndNotedAndTheOthersFollow(String at) {
        // Given
        SealedEntries source = new SealedEntries();
        List<AccessRecorded> entries = new ArrayList<>(source.sealReads(1));
        entries.add(source.seal("""
                {"id":"7c0b8f6e-1111-4222-8333-444455556666","at":"%s","interaction":"read","method":"GET",\
                "status":200,"agent":{}}""".formatted(at).getBytes(StandardCharsets.UTF_8)));
        entries.addAll(source.sealReads(1));

        // When
        source.send(entries);

        // Then
        await().until(() -> last(source) == 3);
        assertThat(seqs(source)).isEqualTo(upTo(3));
        assertThat(findings(source)).containsExactly("unreadable 2");
        assertThat(events(source)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\ud800", "../../etc/passwd", "x'; drop table resource; --", "ä", " "})
    void whateverWasAskedForCanBeShown(String id) {
        // Given
        SealedEntries source = new SealedEntries();
        AccessRecorded strange = source.seal(new AccessBuilder()
                .id(UUID.randomUUID())
                .at(SealedEntries.MORNING)
                .interaction("search-type")
                .method("GET")
                .agent(new Agent(id, id, id, List.of(id)))
                .networkAddress(id)
                .requestId(id)
                .status(404)
                .entities(List.of(new Entity("Patient", id, null, null)))
                .query(id)
                .resourceType("Patient")
                .build());
        AccessRecorded endless = source.seal(SealedEntries.access(
                "read",
                "GET",
                404,
                SealedEntries.clinician(id),
                SealedEntries.MORNING,
                new Entity("Patient", id.repeat(5000), null, null)));

        // When
        source.send(List.of(strange, endless));

        // Then
        await().until(() -> last(source) == 2);
        assertThat(findings(source)).isEmpty();
        assertThat(events(source)).isEqualTo(2);
    }

    @Test
    void aRecordThatIsNoEntryIsKeptAndTheOthersFollow() {
        // Given
        SealedEntries source = new SealedEntries();
        byte[] noEntry = ("no entry of " + source.source).getBytes(StandardCharsets.UTF_8);

        // When
        source.sendBytes(noEntry);
        source.sendBytes(null);
        source.send(List.of(new AccessRecorded("a\0b", 1, new byte[32], new byte[32], new byte[] {1})));
        source.send(source.sealReads(1));

        // Then
        await().until(() -> last(source) == 1);
        assertThat(sql.list("select value from unreadable_record where value = ?", row -> row.getBytes(1), noEntry))
                .hasSize(1);
    }

    @Test
    void nothingIsLostOrDoubledWhenTheDatabaseEndsItsSessions() throws SQLException {
        // Given
        SealedEntries source = new SealedEntries();

        // When
        for (int i = 0; i < 20; i++) {
            source.send(source.sealReads(20));
            endSessions();
        }

        // Then
        await().ignoreException(SqlFailure.class).until(() -> last(source) == 400);
        assertThat(seqs(source)).isEqualTo(upTo(400));
        assertThat(events(source)).isEqualTo(400);
        assertThat(findings(source)).isEmpty();
    }

    /** One that was paused and woke has nothing to note that is not so. */
    @Test
    void severalThatTakeInTheSameNoteNoGap() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            // Given
            SealedEntries source = new SealedEntries();
            List<AccessRecorded> entries = source.sealReads(12);
            AtomicInteger lengths = new AtomicInteger(4);

            // When
            Parallel.times(4, () -> {
                List<AccessRecorded> some = entries.subList(0, lengths.addAndGet(2));
                return QuarkusTransaction.requiringNew().call(() -> ledger.append(source.source, some));
            });

            // Then
            assertThat(findings(source)).isEmpty();
            assertThat(seqs(source)).hasSize(12);
        }
    }

    @Test
    void whatSeveralTakeInAtOnceIsOneTree() throws InterruptedException {
        // Given
        List<SealedEntries> sources =
                Stream.generate(SealedEntries::new).limit(40).toList();
        AtomicInteger next = new AtomicInteger();

        // When
        Parallel.times(sources.size(), () -> {
            SealedEntries source = sources.get(next.getAndIncrement());
            List<AccessRecorded> reads = source.sealReads(7);
            return QuarkusTransaction.requiringNew().call(() -> {
                log.append(List.of(ledger.append(source.source, reads)));
                return 1;
            });
        });

        // Then: as one transaction sees it, since other tests may add to it
        QuarkusTransaction.requiringNew().run(() -> {
            List<byte[]> leaves =
                    sql.list("select canonical from ledger_leaf order by leaf_index", row -> row.getBytes(1));
            Frontier frontier = new Frontier();
            leaves.forEach(leaf -> frontier.add(Hash.leaf(leaf), (subtree, hash) -> {}));
            assertThat(leaves).hasSizeGreaterThanOrEqualTo(40 * 7);
            assertThat(log.tree().root(leaves.size())).isEqualTo(frontier.root());
        });
        assertThat(sql.list("""
                        select seq from ledger_leaf as leaf join access_record as record using (source, seq)
                        where leaf.kind = 'access'
                            and (convert_from(canonical, 'UTF8')::json ->> 'receivedAt')::timestamptz <> received_at
                        """, row -> row.getLong(1))).isEmpty();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private long openGaps(SealedEntries source) {
        return sql.first("""
                        select count(*) from source_gap as gap where source = ? and exists (
                            select from generate_series(first_seq, last_seq) as missing (seq)
                            where not exists (
                                select from access_record as entry
                                where entry.source = gap.source and entry.seq = missing.seq))
                        """, row -> row.getLong(1), source.source).orElseThrow();
    }

    private List<Long> seqs(SealedEntries source) {
        return sql.list(
                "select seq from access_record where source = ? order by received_at, seq",
                row -> row.getLong(1),
                source.source);
    }

    private long last(SealedEntries source) {
        return sql.first(
                        "select coalesce(max(seq), 0) from access_record where source = ?",
                        row -> row.getLong(1),
                        source.source)
                .orElseThrow();
    }

    private long events(SealedEntries source) {
        return sql.first("""
                        select count(*) from resource_version
                        where resource_type = 'AuditEvent' and convert_from(content, 'UTF8') like ?
                        """, row -> row.getLong(1), "%\"site\":\"" + source.source + "\"%")
                .orElseThrow();
    }

    private List<String> findings(SealedEntries source) {
        List<String> findings = new ArrayList<>();
        Stream.of(
                        sql.list(
                                "select 'gap ' || first_seq || '-' || last_seq from source_gap where source = ?",
                                row -> row.getString(1),
                                source.source),
                        sql.list(
                                "select kind || ' ' || seq from source_fault where source = ? order by seq",
                                row -> row.getString(1),
                                source.source))
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
