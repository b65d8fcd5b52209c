package org.carelog.audit.ledger;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Chain;
import org.carelog.sql.Sql;

/**
 * Every access of every service, once, under its number in the service's sequence. Adds only; what does not fit is kept
 * and noted beside it. Every method works in the caller's transaction. Thread-safe.
 */
@Singleton
public final class Ledger {
    /** The last number of a source that is gone with its month. */
    private static final String GIVEN_UP =
            "select last_seq from ledger_month_source where month = (select min(month) from ledger_month)";

    private final Sql sql;

    Ledger(Sql sql) {
        this.sql = sql;
    }

    /**
     * Adds what the ledger does not have yet. What it had, and gave up since, does not come again.
     *
     * @param entries of one source, in the order they came; twice, late or with a hole are ordinary
     */
    public Appended append(String source, List<AccessRecorded> entries) {
        LedgerTime time = LedgerTime.of(sql);
        lock(source);
        Findings findings = new Findings();
        Map<Long, AccessRecorded> bySeq = new LinkedHashMap<>();
        for (AccessRecorded entry : entries) {
            AccessRecorded first = bySeq.putIfAbsent(entry.seq(), entry);
            if (first != null && !isSame(first, entry)) {
                findings.fault(entry.seq(), FaultKind.CONFLICT);
            }
        }
        Standing last = standing(source, time.since());
        List<AccessRecorded> fresh = fresh(source, List.copyOf(bySeq.values()), last.seq(), findings);
        insert(source, time.now(), fresh);
        gaps(last.seq(), fresh, findings);
        hashes(source, fresh, findings);
        links(source, fresh, last, findings);
        write(source, time.now(), findings);
        return new Appended(
                source,
                fresh,
                findings.gaps(),
                findings.faults(),
                fresh.stream().anyMatch(e -> e.seq() < last.seq()));
    }

    /** One at a time for each source: what another one is adding is no gap, and is not added again. */
    private void lock(String source) {
        sql.first("select pg_advisory_xact_lock(hashtextextended(?, 0)), 1", row -> 1, source);
    }

    private static boolean isSame(AccessRecorded one, AccessRecorded other) {
        return Arrays.equals(one.hash(), other.hash())
                && Arrays.equals(one.previousHash(), other.previousHash())
                && Arrays.equals(one.entry(), other.entry());
    }

    /** The entry with the highest number of a source; 0 and an empty hash: there is none. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Standing(long seq, byte[] hash) {
        static final Standing NONE = new Standing(0, new byte[0]);
    }

    /** Looks into one month only, however many there are: the month knows how far it was when it began. */
    private Standing standing(String source, Instant since) {
        return sql.first("""
                        (select seq, hash from access_record where source = ? and received_at >= ? order by seq desc limit 1)
                        union all
                        select last_seq, last_hash from ledger_month_source
                        where source = ? and month = (select max(month) from ledger_month)
                        order by seq desc limit 1
                        """, row -> new Standing(row.getLong(1), row.getBytes(2)), source, since, source)
                .orElse(Standing.NONE);
    }

    /** Those that are not there yet; what came late, or twice, is looked up in all months. */
    private List<AccessRecorded> fresh(String source, List<AccessRecorded> candidates, long last, Findings findings) {
        List<AccessRecorded> late =
                candidates.stream().filter(entry -> entry.seq() <= last).toList();
        if (late.isEmpty()) {
            return candidates;
        }
        Map<Long, Boolean> known = new HashMap<>();
        sql.list(
                """
                select batch.seq,
                    (kept.entry, kept.previous_hash, kept.hash) = (batch.entry, batch.previous_hash, batch.hash)
                from unnest(?, ?, ?, ?) as batch (seq, entry, previous_hash, hash)
                left join access_record as kept on kept.source = ? and kept.seq = batch.seq
                where kept.seq is not null or batch.seq <= (%s and source = ?)
                """.formatted(GIVEN_UP),
                row -> known.put(row.getLong(1), row.getObject(2) == null || row.getBoolean(2)),
                seqs(late),
                blobs(late, Part.ENTRY),
                blobs(late, Part.PREVIOUS_HASH),
                blobs(late, Part.HASH),
                source,
                source);
        known.forEach((seq, same) -> {
            if (!same) {
                findings.fault(seq, FaultKind.CONFLICT);
            }
        });
        return candidates.stream()
                .filter(entry -> !known.containsKey(entry.seq()))
                .toList();
    }

    private void insert(String source, Instant time, List<AccessRecorded> entries) {
        if (entries.isEmpty()) {
            return;
        }
        sql.update(
                """
                insert into access_record (source, seq, entry, previous_hash, hash, received_at)
                select ?, seq, entry, previous_hash, hash, ?
                from unnest(?, ?, ?, ?) as batch (seq, entry, previous_hash, hash)
                """,
                source,
                time,
                seqs(entries),
                blobs(entries, Part.ENTRY),
                blobs(entries, Part.PREVIOUS_HASH),
                blobs(entries, Part.HASH));
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
    private void links(String source, List<AccessRecorded> fresh, Standing last, Findings findings) {
        Map<Long, Link> links = new HashMap<>(beside(source, fresh, last));
        fresh.forEach(entry -> links.put(entry.seq(), new Link(entry.previousHash(), entry.hash())));
        for (AccessRecorded entry : fresh) {
            for (long seq = entry.seq(); seq <= entry.seq() + 1; seq++) {
                Link link = links.get(seq);
                Link before = links.get(seq - 1);
                if (seq > 1 && link != null && before != null && !link.follows(before)) {
                    findings.fault(seq, FaultKind.CHAIN);
                }
            }
        }
    }

    /** @param previousHash null: it was looked at when it came, and is not needed again */
    @SuppressWarnings("ArrayRecordComponent")
    private record Link(byte[] previousHash, byte[] hash) {
        boolean follows(Link before) {
            return previousHash == null || Arrays.equals(previousHash, before.hash());
        }
    }

    /** What was there beside them; when they come in their order, that is the last one. */
    private Map<Long, Link> beside(String source, List<AccessRecorded> fresh, Standing last) {
        Map<Long, Link> beside = new HashMap<>(Map.of(last.seq(), new Link(null, last.hash())));
        if (fresh.stream().anyMatch(entry -> entry.seq() < last.seq())) {
            sql.list(
                    "select seq, previous_hash, hash from access_record where source = ? and seq = any (?)",
                    row -> beside.put(row.getLong(1), new Link(row.getBytes(2), row.getBytes(3))),
                    source,
                    fresh.stream()
                            .flatMapToLong(entry -> LongStream.of(entry.seq() - 1, entry.seq() + 1))
                            .toArray());
        }
        return beside;
    }

    /** Notes that an entry of the ledger is no access that can be shown. */
    public void unreadable(String source, long seq) {
        Findings findings = new Findings();
        findings.fault(seq, FaultKind.UNREADABLE);
        write(source, LedgerTime.of(sql).now(), findings);
    }

    private void write(String source, Instant time, Findings findings) {
        for (Gap gap : findings.gaps()) {
            sql.update("""
                    insert into source_gap (source, first_seq, last_seq, noticed_at) values (?, ?, ?, ?)
                    on conflict do nothing
                    """, source, gap.firstSeq(), gap.lastSeq(), time);
        }
        for (Fault fault : findings.faults()) {
            sql.update("""
                    insert into source_fault (source, seq, kind, noticed_at) values (?, ?, ?, ?)
                    on conflict do nothing
                    """, source, fault.seq(), fault.kind().word(), time);
        }
    }

    /** Gaps of which at least one number is still missing; what was given up is not. */
    public long openGaps() {
        return sql.first("""
                        select count(*)
                        from source_gap as gap, lateral (
                            select greatest(first_seq, 1 + coalesce((%s and source = gap.source), 0)) as first) as kept
                        where last_seq - first + 1 > (
                            select count(*) from access_record as entry
                            where entry.source = gap.source and entry.seq between first and last_seq)
                            and first <= last_seq
                        """.formatted(GIVEN_UP), row -> row.getLong(1)).orElseThrow();
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
