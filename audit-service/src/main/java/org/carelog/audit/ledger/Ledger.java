package org.carelog.audit.ledger;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Chain;
import org.carelog.sql.Sql;

/**
 * Every access of every service, once, under its number in the service's sequence. Adds only; what does not fit is kept
 * and noted beside it. Every method works in the caller's transaction. Thread-safe.
 */
@Singleton
public final class Ledger {
    private final Sql sql;

    Ledger(Sql sql) {
        this.sql = sql;
    }

    /**
     * Adds what the ledger does not have yet.
     *
     * @param entries of one source, in the order they came; twice, late or with a hole are ordinary
     */
    public Appended append(String source, List<AccessRecorded> entries) {
        lock(source);
        Findings findings = new Findings();
        Map<Long, AccessRecorded> bySeq = new LinkedHashMap<>();
        for (AccessRecorded entry : entries) {
            AccessRecorded first = bySeq.putIfAbsent(entry.seq(), entry);
            if (first != null && !isSame(first, entry)) {
                findings.fault(entry.seq(), FaultKind.CONFLICT);
            }
        }
        List<AccessRecorded> candidates = List.copyOf(bySeq.values());
        long last = lastSeq(source);
        Set<Long> added = insert(source, candidates);
        Map<Boolean, List<AccessRecorded>> wasAdded =
                candidates.stream().collect(Collectors.partitioningBy(entry -> added.contains(entry.seq())));
        List<AccessRecorded> fresh = wasAdded.get(true);
        conflicts(source, wasAdded.get(false), findings);
        gaps(last, fresh, findings);
        hashes(source, fresh, findings);
        links(source, fresh, findings);
        write(source, findings);
        return new Appended(
                source,
                fresh,
                findings.gaps(),
                findings.faults(),
                fresh.stream().anyMatch(e -> e.seq() < last));
    }

    /** One at a time for each source: what another one is adding is no gap. */
    private void lock(String source) {
        sql.first("select pg_advisory_xact_lock(hashtextextended(?, 0)), 1", row -> 1, source);
    }

    private static boolean isSame(AccessRecorded one, AccessRecorded other) {
        return Arrays.equals(one.hash(), other.hash())
                && Arrays.equals(one.previousHash(), other.previousHash())
                && Arrays.equals(one.entry(), other.entry());
    }

    private long lastSeq(String source) {
        return sql.first(
                        "select seq from access_record where source = ? order by seq desc limit 1",
                        row -> row.getLong(1),
                        source)
                .orElse(0L);
    }

    private Set<Long> insert(String source, List<AccessRecorded> entries) {
        return new HashSet<>(sql.list(
                """
                insert into access_record (source, seq, entry, previous_hash, hash)
                select ?, seq, entry, previous_hash, hash
                from unnest(?, ?, ?, ?) as batch (seq, entry, previous_hash, hash)
                on conflict do nothing
                returning seq
                """,
                row -> row.getLong(1),
                source,
                seqs(entries),
                blobs(entries, Part.ENTRY),
                blobs(entries, Part.PREVIOUS_HASH),
                blobs(entries, Part.HASH)));
    }

    /** Among those whose numbers are taken. */
    private void conflicts(String source, List<AccessRecorded> entries, Findings findings) {
        if (entries.isEmpty()) {
            return;
        }
        sql.list(
                        """
                        select seq
                        from unnest(?, ?, ?, ?) as batch (seq, entry, previous_hash, hash)
                        join access_record as kept using (seq)
                        where kept.source = ?
                            and (kept.entry, kept.previous_hash, kept.hash)
                                <> (batch.entry, batch.previous_hash, batch.hash)
                        """,
                        row -> row.getLong(1),
                        seqs(entries),
                        blobs(entries, Part.ENTRY),
                        blobs(entries, Part.PREVIOUS_HASH),
                        blobs(entries, Part.HASH),
                        source)
                .forEach(seq -> findings.fault(seq, FaultKind.CONFLICT));
    }

    private static void gaps(long last, List<AccessRecorded> fresh, Findings findings) {
        long end = last;
        for (AccessRecorded entry : fresh) {
            if (entry.seq() > end + 1) {
                findings.gap(end + 1, entry.seq() - 1);
            }
            end = Math.max(end, entry.seq());
        }
    }

    private static void hashes(String source, List<AccessRecorded> fresh, Findings findings) {
        for (AccessRecorded entry : fresh) {
            if (!Arrays.equals(Chain.next(entry.previousHash(), entry.seq(), entry.entry()), entry.hash())) {
                findings.fault(entry.seq(), FaultKind.HASH);
            }
            if (entry.seq() == 1 && !Arrays.equals(entry.previousHash(), Chain.start(source))) {
                findings.fault(entry.seq(), FaultKind.CHAIN);
            }
        }
    }

    /** Between each new entry and its neighbours, which may have come long before it. */
    private void links(String source, List<AccessRecorded> fresh, Findings findings) {
        sql.list("""
                        select distinct entry.seq
                        from unnest(?) as fresh (seq)
                        join access_record as entry on entry.source = ? and entry.seq in (fresh.seq, fresh.seq + 1)
                        join access_record as before on before.source = entry.source and before.seq = entry.seq - 1
                        where entry.previous_hash <> before.hash
                        """, row -> row.getLong(1), seqs(fresh), source).forEach(seq -> findings.fault(seq, FaultKind.CHAIN));
    }

    /** Notes that an entry of the ledger is no access that can be shown. */
    public void unreadable(String source, long seq) {
        Findings findings = new Findings();
        findings.fault(seq, FaultKind.UNREADABLE);
        write(source, findings);
    }

    private void write(String source, Findings findings) {
        for (Gap gap : findings.gaps()) {
            sql.update("""
                    insert into source_gap (source, first_seq, last_seq) values (?, ?, ?) on conflict do nothing
                    """, source, gap.firstSeq(), gap.lastSeq());
        }
        for (Fault fault : findings.faults()) {
            sql.update("""
                    insert into source_fault (source, seq, kind) values (?, ?, ?) on conflict do nothing
                    """, source, fault.seq(), fault.kind().word());
        }
    }

    /** Gaps of which at least one number is still missing. */
    public long openGaps() {
        return sql.first("""
                        select count(*) from source_gap as gap
                        where last_seq - first_seq + 1 > (
                            select count(*) from access_record as entry
                            where entry.source = gap.source and entry.seq between gap.first_seq and gap.last_seq)
                        """, row -> row.getLong(1)).orElseThrow();
    }

    /** Everything noted that is not as it was sealed. */
    public long faults() {
        return sql.first("select count(*) from source_fault", row -> row.getLong(1))
                .orElseThrow();
    }

    private enum Part {
        ENTRY,
        PREVIOUS_HASH,
        HASH
    }

    private static long[] seqs(List<AccessRecorded> entries) {
        return entries.stream().mapToLong(AccessRecorded::seq).toArray();
    }

    private static byte[][] blobs(List<AccessRecorded> entries, Part part) {
        return entries.stream()
                .map(entry -> switch (part) {
                    case ENTRY -> entry.entry();
                    case PREVIOUS_HASH -> entry.previousHash();
                    case HASH -> entry.hash();
                })
                .toArray(byte[][]::new);
    }
}
