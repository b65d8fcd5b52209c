package org.carelog.audit.check;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carelog.audit.ledger.Fault;
import org.carelog.audit.ledger.FaultKind;
import org.carelog.audit.ledger.Gap;
import org.carelog.audit.ledger.Leaf;
import org.carelog.sql.Sql;

/** Whether there is anything that is of no leaf. Works in the caller's transaction. Thread-safe. */
@Singleton
final class TotalsCheck {
    private final Sql sql;

    TotalsCheck(Sql sql) {
        this.sql = sql;
    }

    /** @param size how many leaves there are, with those that are gone */
    List<Finding> check(long size) {
        List<Finding> findings = new ArrayList<>();
        sql.first("select max(tree_size) from ledger_checkpoint", row -> row.getLong(1))
                .filter(signed -> signed > size)
                .ifPresent(signed -> findings.add(
                        new Finding(size, "it is missing: a checkpoint of %d leaves was signed".formatted(signed))));
        long hashes = sql.first("select count(*) from ledger_hash", row -> row.getLong(1))
                .orElseThrow();
        if (hashes != 2 * size - Long.bitCount(size)) {
            findings.add(Finding.none("the tree has hashes of what is no subtree"));
        }
        sql.first("""
                        select leaf_index from (
                            select leaf_index, row_number() over (partition by source, seq order by leaf_index) as place
                            from ledger_leaf where kind = 'access') as leaf
                        where place > 1 order by leaf_index limit 1
                        """, row -> row.getLong(1))
                .ifPresent(index -> findings.add(new Finding(index, "its entry has another leaf before it")));
        sql.first("""
                        select source, seq from access_record as record
                        where not exists (select from ledger_leaf as leaf
                            where kind = 'access' and leaf.source = record.source and leaf.seq = record.seq
                                and taken_at = received_at)
                        limit 1
                        """, row -> row.getString(1) + "/" + row.getLong(2))
                .ifPresent(entry -> findings.add(Finding.none("the entry " + entry + " has no leaf")));
        gapsWithoutLeaves(findings);
        faultsWithoutLeaves(findings);
        return findings;
    }

    private void gapsWithoutLeaves(List<Finding> findings) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        sql.list("""
                select gap.source, first_seq, last_seq, noticed_at, canonical
                from source_gap as gap left join ledger_leaf as leaf
                    on leaf.kind = 'gap' and leaf.source = gap.source and leaf.seq = first_seq
                """, row -> {
            Gap gap = new Gap(row.getLong(2), row.getLong(3));
            Instant at = row.getObject(4, OffsetDateTime.class).toInstant();
            return found.merge(
                    "the gap %s/%d-%d".formatted(row.getString(1), gap.firstSeq(), gap.lastSeq()),
                    isOf(Leaf.of(row.getString(1), gap, at), row.getBytes(5)),
                    Boolean::logicalOr);
        });
        add(found, findings);
    }

    private void faultsWithoutLeaves(List<Finding> findings) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        sql.list("""
                select fault.source, fault.seq, fault.kind, noticed_at, canonical
                from source_fault as fault left join ledger_leaf as leaf
                    on leaf.kind = 'fault' and leaf.source = fault.source and leaf.seq = fault.seq
                where fault.kind <> 'unreadable'
                """, row -> {
            Fault fault =
                    new Fault(row.getLong(2), FaultKind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)));
            Instant at = row.getObject(4, OffsetDateTime.class).toInstant();
            return found.merge(
                    "the fault %s/%d %s".formatted(row.getString(1), fault.seq(), fault.kind()),
                    isOf(Leaf.of(row.getString(1), fault, at), row.getBytes(5)),
                    Boolean::logicalOr);
        });
        sql.list("""
                select source, seq from source_fault as fault
                where kind = 'unreadable' and not exists (select from access_record as record
                    where record.source = fault.source and record.seq = fault.seq and received_at = noticed_at)
                """, row -> found.put("the fault %s/%d".formatted(row.getString(1), row.getLong(2)), false));
        add(found, findings);
    }

    private static boolean isOf(Leaf leaf, byte[] canonical) {
        return Arrays.equals(leaf.canonical(), canonical);
    }

    private static void add(Map<String, Boolean> found, List<Finding> findings) {
        found.forEach((what, hasLeaf) -> {
            if (!hasLeaf) {
                findings.add(Finding.none(what + " has no leaf"));
            }
        });
    }
}
