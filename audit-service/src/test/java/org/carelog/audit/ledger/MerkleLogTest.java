package org.carelog.audit.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Chain;
import org.carelog.audit.journal.Entity;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.sql.Sql;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MerkleLogTest {
    private static final String SOURCE = "patient-service";
    private static final UUID ID = UUID.fromString("7c0b8f6e-1111-4222-8333-444455556666");
    private static final Instant MORNING = Instant.parse("2026-11-24T08:30:00.123456Z");

    private final List<AccessRecorded> chain = new ArrayList<>();
    private Sql sql;
    private Ledger ledger;
    private MerkleLog log;

    @BeforeEach
    void aFreshLedger() {
        TestDatabase database = RealPlatform.database("db/audit");
        sql = new Sql(database.dataSource());
        ledger = new Ledger(sql);
        log = new MerkleLog(sql);
    }

    @Test
    void whatIsTakenInIsALeafAndCanBeProved() {
        // Given
        seal(40);

        // When: in batches of 1, 2, 3, …
        int taken = 0;
        for (int size = 1; taken < chain.size(); size++) {
            List<AccessRecorded> batch = chain.subList(taken, Math.min(chain.size(), taken + size));
            log.append(List.of(ledger.append(SOURCE, batch)));
            taken += batch.size();
        }

        // Then
        List<Hash> leaves = leaves();
        assertThat(log.size()).isEqualTo(40);
        assertThat(sql.list("select seq from ledger_leaf order by leaf_index", row -> row.getLong(1)))
                .isEqualTo(chain.stream().map(AccessRecorded::seq).toList());
        for (int size = 0; size <= leaves.size(); size++) {
            Hash root = root(leaves.subList(0, size));
            assertThat(log.tree().root(size)).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                assertThat(log.tree().inclusion(index, size).proves(leaves.get(index), root))
                        .isTrue();
            }
        }
    }

    @Test
    void whatComesTwiceIsOneLeaf() {
        // Given
        seal(3);
        log.append(List.of(ledger.append(SOURCE, chain)));

        // When
        log.append(List.of(ledger.append(SOURCE, chain)));

        // Then
        assertThat(log.size()).isEqualTo(3);
    }

    @Test
    void aLeafHasIdsCodesAndTimesAndCommitsToTheRest() throws NoSuchAlgorithmException {
        // Given
        AccessRecorded entry = seal(AccessJson.encode(new AccessBuilder()
                .id(ID)
                .at(MORNING)
                .interaction("search-type")
                .method("GET")
                .agent(new Agent("sub-1", "user name", "clinical-app", List.of("clinician")))
                .networkAddress("192.0.2.7")
                .requestId("request-1")
                .entities(List.of(new Entity("Patient", "p1", 3L, "p1"), new Entity("Patient", "Müller", null, null)))
                .query("family=x")
                .resourceType("Patient")
                .build()));

        // When
        log.append(List.of(ledger.append(SOURCE, List.of(entry))));

        // Then
        byte[] salt = one("salt");
        MessageDigest commitment = MessageDigest.getInstance("SHA-256");
        for (byte[] part : List.of(salt, entry.previousHash(), entry.hash(), entry.entry())) {
            commitment.update(part);
        }
        assertThat(salt).hasSize(Leaf.SALT_LENGTH);
        assertThat(withoutTime(new String(one("canonical"), UTF_8)))
                .isEqualTo("""
                        {"leaf":"access","source":"patient-service","seq":1,\
                        "id":"7c0b8f6e-1111-4222-8333-444455556666","at":"2026-11-24T08:30:00.123456Z",\
                        "interaction":"search-type","resourceType":"Patient","method":"GET","status":200,\
                        "subject":"sub-1","client":"clinical-app",\
                        "entities":[{"type":"Patient","id":"p1","version":3,"patient":"p1"}],"commitment":"%s"}""".formatted(HexFormat.of().formatHex(commitment.digest())));
    }

    @Test
    void whatIsNoAccessIsALeafToo() {
        // Given
        AccessRecorded entry = seal("no access".getBytes(UTF_8));

        // When
        log.append(List.of(ledger.append(SOURCE, List.of(entry))));

        // Then
        assertThat(new String(one("canonical"), UTF_8))
                .startsWith("{\"leaf\":\"access\",\"source\":\"patient-service\",\"seq\":1,")
                .doesNotContain("no access");
    }

    @Test
    void gapsAndFaultsAreLeaves() {
        // Given
        seal(4);
        AccessRecorded last = chain.getLast();
        AccessRecorded changed =
                new AccessRecorded(SOURCE, 4, last.previousHash(), last.hash(), "{\"changed\":1}".getBytes(UTF_8));

        // When
        log.append(List.of(ledger.append(SOURCE, List.of(chain.getFirst(), changed))));

        // Then
        assertThat(sql.list(
                        "select convert_from(canonical, 'UTF8') from ledger_leaf order by leaf_index",
                        row -> row.getString(1)))
                .extracting(MerkleLogTest::withoutTime)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"leaf\":\"access\""),
                        second -> assertThat(second).startsWith("{\"leaf\":\"access\""),
                        gap -> assertThat(gap)
                                .isEqualTo("{\"leaf\":\"gap\",\"source\":\"patient-service\",\"seq\":2,\"lastSeq\":3}"),
                        fault -> assertThat(fault)
                                .isEqualTo(
                                        "{\"leaf\":\"fault\",\"source\":\"patient-service\",\"seq\":4,\"fault\":\"hash\"}"));
        assertThat(log.tree().root(4)).isEqualTo(root(leaves()));
    }

    /** When the ledger took it in. */
    private static String withoutTime(String json) {
        return json.replaceAll(",\"(receivedAt|noticedAt)\":\"[^\"]*\"", "");
    }

    private void seal(int count) {
        for (int i = 0; i < count; i++) {
            seal(("{\"n\":" + i + "}").getBytes(UTF_8));
        }
    }

    private AccessRecorded seal(byte[] entry) {
        long seq = chain.size() + 1L;
        byte[] previous =
                chain.isEmpty() ? Chain.start(SOURCE) : chain.getLast().hash();
        AccessRecorded sealed = new AccessRecorded(SOURCE, seq, previous, Chain.next(previous, seq, entry), entry);
        chain.add(sealed);
        return sealed;
    }

    private byte[] one(String column) {
        return sql.first("select %s from ledger_leaf".formatted(column), row -> row.getBytes(1))
                .orElseThrow();
    }

    private List<Hash> leaves() {
        return sql.list("select canonical from ledger_leaf order by leaf_index", row -> Hash.leaf(row.getBytes(1)));
    }

    private static Hash root(List<Hash> leaves) {
        Frontier frontier = new Frontier();
        leaves.forEach(leaf -> frontier.add(leaf, (subtree, hash) -> {}));
        return frontier.root();
    }
}
