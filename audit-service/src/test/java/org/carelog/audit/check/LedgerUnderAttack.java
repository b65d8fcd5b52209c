package org.carelog.audit.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.Dependent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.audit.checkpoint.Checkpoints;
import org.carelog.audit.checkpoint.SignedNow;
import org.carelog.audit.checkpoint.Signing;
import org.carelog.audit.ingest.BalpEvents;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Chain;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.ledger.Appended;
import org.carelog.audit.ledger.Ledger;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.audit.ledger.Retentions;
import org.carelog.proof.SignedNote;
import org.carelog.records.interaction.Append;
import org.carelog.sql.Sql;
import org.carelog.testing.ServiceUnderTest;

/** A ledger of some accesses, gaps and faults, its checkpoints as somebody has kept them, and who may change its tables. */
@Dependent
class LedgerUnderAttack {
    static final List<String> TABLES = List.of(
            "access_record",
            "ledger_leaf",
            "ledger_hash",
            "ledger_checkpoint",
            "source_gap",
            "source_fault",
            "resource",
            "resource_version",
            "resource_token",
            "resource_string",
            "resource_date",
            "resource_reference");
    /** Nothing is told by them that is not told by the others. */
    private static final List<String> MONTHS_TABLES = List.of("ledger_month", "ledger_month_source");

    /** What tells a row from all others of its table, in whatever month it is. */
    static final String ROW = "concat(tableoid, ctid)";

    private static final int BATCH = 7;
    private static final int MONTHS = 3;

    private final Ledger ledger;
    private final MerkleLog log;
    private final Append events;
    private final Signing signing;
    private final Checkpoints checkpoints;
    private final LedgerVerification verification;
    private final OutsideCheck outside;
    private final Retentions retentions;
    private final List<AccessRecorded> entries = new ArrayList<>();
    private final Map<String, byte[]> ends = new HashMap<>();
    private List<SignedNote> kept = List.of();
    final Sql attacker = new Sql(ServiceUnderTest.ownersDataSource());

    LedgerUnderAttack(
            Ledger ledger,
            MerkleLog log,
            Append events,
            Signing signing,
            Checkpoints checkpoints,
            LedgerVerification verification,
            OutsideCheck outside,
            Retentions retentions) {
        this.retentions = retentions;
        this.ledger = ledger;
        this.log = log;
        this.events = events;
        this.signing = signing;
        this.checkpoints = checkpoints;
        this.verification = verification;
        this.outside = outside;
    }

    /** Takes in so many accesses of some months, once, and keeps a copy of the tables and of the checkpoints. */
    void build(int count) {
        for (int i = 0; i < count; i++) {
            seal(
                    i % 3 == 0 ? "patient-service" : "encounter-service",
                    i % 19 == 5 ? "no access".getBytes(UTF_8) : AccessJson.encode(access(i)));
        }
        for (int i = 0; i < count; i += BATCH) {
            clock("timestamptz '2015-01-20 12:00Z' + interval '%d month'".formatted(MONTHS * i / count));
            List<AccessRecorded> batch = new ArrayList<>(entries.subList(i, Math.min(count, i + BATCH)));
            // some come late, and one is not as it was sealed
            if (i % 3 == 0 && batch.size() == BATCH) {
                append(batch.subList(3, BATCH));
                batch = batch.subList(0, 3);
            }
            append(batch);
            SignedNow.sign(signing);
        }
        AccessRecorded first = entries.getFirst();
        append(List.of(
                new AccessRecorded(first.source(), 1, first.previousHash(), first.hash(), "{}".getBytes(UTF_8))));
        SignedNow.sign(signing);
        keep();
    }

    /** Lets the ledger have this time, an expression of SQL. */
    void clock(String time) {
        attacker.update("create or replace function ledger_clock() returns timestamptz language sql return " + time);
    }

    /** What is there now is what has to be. */
    void keep() {
        kept = SignedNow.all(checkpoints);
        attacker.update("drop schema if exists backup cascade");
        attacker.update("create schema backup");
        Stream.concat(TABLES.stream(), MONTHS_TABLES.stream())
                .forEach(table -> attacker.update("create table backup.%1$s as table %1$s".formatted(table)));
    }

    private static Access access(int i) {
        if (i % 11 == 4) {
            return noticed(i);
        }
        boolean search = i % 4 == 1;
        List<Entity> touched = switch (i % 5) {
            case 0 -> List.of();
            case 1 -> List.of(new Entity("Patient", "p" + i, 1L, "p" + i), new Entity("Patient", "q" + i, 2L, "q" + i));
            default -> List.of(new Entity("Encounter", "e" + i, (long) i, "p" + i % 3));
        };
        return new AccessBuilder()
                .id(new UUID(7, i))
                .at(Instant.parse("2026-11-24T08:30:00Z").plusSeconds(i))
                .interaction(search ? "search-type" : "read")
                .method("GET")
                .agent(new Agent("user-" + i % 4, "Näme " + i % 4, "clinical-app", List.of("clinician")))
                .networkAddress("192.0.2." + i)
                .requestId("request-" + i)
                .status(touched.isEmpty() ? 404 : 200)
                .entities(touched)
                .query(search ? "family=x" : null)
                .resourceType("Patient")
                .build();
    }

    /** What the broker handed to somebody. */
    private static Access noticed(int i) {
        return new AccessBuilder()
                .id(new UUID(7, i))
                .at(Instant.parse("2026-11-24T08:30:00Z").plusSeconds(i))
                .interaction("disclosure")
                .method("OffsetCommit")
                .agent(new Agent("", "", "integration-engine", List.of()))
                .networkAddress("192.0.2." + i)
                .requestId("request-" + i)
                .operation("consumed")
                .details(Map.of("topic", "carelog.patient.changed.v1", "group", "integration-engine-" + i))
                .build();
    }

    private void seal(String source, byte[] entry) {
        long seq =
                entries.stream().filter(other -> other.source().equals(source)).count() + 1;
        byte[] previous = ends.getOrDefault(source, Chain.start(source));
        byte[] hash = Chain.next(previous, seq, entry);
        entries.add(new AccessRecorded(source, seq, previous, hash, entry));
        ends.put(source, hash);
    }

    /** As the service takes it in. */
    private void append(List<AccessRecorded> batch) {
        QuarkusTransaction.requiringNew().run(() -> {
            List<Appended> taken = new ArrayList<>();
            for (String source : List.of("patient-service", "encounter-service")) {
                Appended appended = ledger.append(
                        source,
                        batch.stream()
                                .filter(entry -> entry.source().equals(source))
                                .toList());
                for (AccessRecorded entry : appended.entries()) {
                    Optional<Access> access = AccessJson.decode(entry.entry());
                    access.ifPresentOrElse(
                            shown -> events.append(
                                    BalpEvents.of(source, entry.seq(), shown).toList()),
                            () -> ledger.unreadable(source, entry.seq()));
                }
                taken.add(appended);
            }
            log.append(taken);
        });
    }

    /** As it was built. */
    void restore() {
        attacker.update(TABLES.stream().map("delete from %s"::formatted).collect(Collectors.joining(";")));
        attacker.list(
                "select ledger_begin_month(month) from backup.ledger_month where month not in (select month from ledger_month)",
                row -> 1);
        attacker.update(Stream.concat(
                        TABLES.stream()
                                .map("insert into %1$s overriding system value select * from backup.%1$s"::formatted),
                        MONTHS_TABLES.stream()
                                .map("delete from %1$s; insert into %1$s select * from backup.%1$s"::formatted))
                .collect(Collectors.joining(";")));
    }

    /** What a check of all finds: of the ledger, then of what was kept outside. */
    List<Finding> findings(List<SignedNote> outsideOfIt) {
        List<Finding> found = new ArrayList<>();
        LedgerVerification.Part part;
        CheckPlace place = CheckPlace.BEGIN;
        do {
            part = verification.check(place, signing.verifier());
            found.addAll(part.findings());
            place = part.reached();
        } while (found.isEmpty() && !part.last());
        outside.check(outsideOfIt, signing.verifier()).ifPresent(found::add);
        return found;
    }

    /** How many leaves are given up and gone. */
    long gone() {
        return retentions.gone().map(Retentions.Gone::leaves).orElse(0L);
    }

    /** Whether only the leaf itself, or also one before it, can be told as the one that is wrong. */
    boolean isBlurred(long leaf) {
        return leaf < gone()
                || retentions.gone().filter(gone -> gone.run() == leaf).isPresent();
    }

    List<SignedNote> kept() {
        return kept;
    }

    long size() {
        return log.size();
    }

    /** Everything from a leaf on is as if it had never been; the checkpoints too, if they are to go. */
    void cut(long index, boolean checkpointsToo) {
        String ids = String.join(
                ",", attacker.list("""
                        select source, seq, entry from ledger_leaf join access_record using (source, seq)
                        where kind = 'access' and leaf_index >= ?
                        """, row -> idsOf(row.getString(1), row.getLong(2), row.getBytes(3)), index));
        attacker.update("""
                with gone as (delete from resource where resource_id = any (string_to_array(?, ',')) returning resource_key)
                delete from resource_version where resource_key in (select resource_key from gone)
                """, ids);
        attacker.update(
                "delete from access_record r using ledger_leaf l where l.kind = 'access' and l.source = r.source and l.seq = r.seq and leaf_index >= ?",
                index);
        attacker.update(
                "delete from source_gap g using ledger_leaf l where l.kind = 'gap' and l.source = g.source and l.seq = g.first_seq and leaf_index >= ?",
                index);
        attacker.update(
                "delete from source_fault f using ledger_leaf l where l.source = f.source and l.seq = f.seq and leaf_index >= ?",
                index);
        attacker.update("delete from ledger_leaf where leaf_index >= ?", index);
        attacker.update("delete from ledger_hash where ((position + 1) << level) > ?", index);
        if (checkpointsToo) {
            attacker.update("delete from ledger_checkpoint where tree_size > ?", index);
        }
    }

    private static String idsOf(String source, long seq, byte[] entry) {
        return String.join(
                ",",
                AccessJson.decode(entry).stream()
                        .flatMap(access -> BalpEvents.of(source, seq, access))
                        .map(event -> event.resource().id())
                        .toList());
    }

    /** Takes another history in from a leaf on, sealed anew, and signs it with the log's own key at the same sizes. */
    void rewrite(long index) {
        List<Long> sizes = attacker.list(
                "select tree_size from ledger_checkpoint where tree_size > ?", row -> row.getLong(1), index);
        cut(index, true);
        for (String month : attacker.list(
                "select ledger_month_name(month) from ledger_month where first_leaf > ?",
                row -> row.getString(1),
                index)) {
            attacker.update("drop table access_record_%1$s, ledger_leaf_%1$s".formatted(month));
        }
        attacker.update(
                "delete from ledger_month_source where month in (select month from ledger_month where first_leaf > ?)",
                index);
        attacker.update("delete from ledger_month where first_leaf > ?", index);
        List<String> there = attacker.list("select source || '/' || seq from access_record", row -> row.getString(1));
        boolean changed = false;
        for (AccessRecorded entry : entries) {
            if (!there.contains(entry.source() + "/" + entry.seq())) {
                byte[] bytes = changed
                        ? entry.entry()
                        : new String(entry.entry(), UTF_8).replace("GET", "PUT").getBytes(UTF_8);
                changed = true;
                byte[] previous = attacker.first(
                                "select hash from access_record where source = ? and seq = ?",
                                row -> row.getBytes(1),
                                entry.source(),
                                entry.seq() - 1)
                        .orElse(entry.previousHash());
                append(List.of(new AccessRecorded(
                        entry.source(), entry.seq(), previous, Chain.next(previous, entry.seq(), bytes), bytes)));
                if (sizes.contains(log.size())) {
                    SignedNow.sign(signing);
                }
            }
        }
        SignedNow.sign(signing);
    }

    /** The leaf that a row belongs to; empty: to none, or to a stretch. */
    Optional<Long> leafOf(String table, String row) {
        String ofAccess =
                "(select leaf_index from ledger_leaf l where l.kind = 'access' and l.source = t.source and l.seq = t.seq)";
        return switch (table) {
            case "ledger_leaf" -> leaf("t.leaf_index", table, row);
            case "ledger_hash" -> leaf("((t.position + 1) << t.level) - 1", table, row);
            case "access_record" -> leaf(ofAccess, table, row);
            case "source_gap", "source_fault", "ledger_checkpoint" -> Optional.empty();
            default -> {
                String id = attacker.first(
                                "select resource_id from resource where resource_key = (select resource_key from %s where %s = ?)"
                                        .formatted(table, ROW),
                                found -> found.getString(1),
                                row)
                        .orElseThrow();
                yield attacker
                        .list(
                                "select source, seq, entry, leaf_index from ledger_leaf join access_record using (source, seq) where kind = 'access'",
                                found -> idsOf(found.getString(1), found.getLong(2), found.getBytes(3))
                                                .contains(id)
                                        ? found.getLong(4)
                                        : -1L)
                        .stream()
                        .filter(leaf -> leaf >= 0)
                        .findAny();
            }
        };
    }

    private Optional<Long> leaf(String expression, String table, String row) {
        return attacker.first(
                "select %s from %s t where %s = ?".formatted(expression, table, ROW), found -> found.getLong(1), row);
    }
}
