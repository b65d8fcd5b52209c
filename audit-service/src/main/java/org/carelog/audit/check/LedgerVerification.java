package org.carelog.audit.check;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.audit.ledger.Retentions;
import org.carelog.proof.VerifierKey;

/**
 * Checks the ledger part by part, each in the caller's transaction and in little memory. The last part, which has what came
 * meanwhile, also looks for what is of no leaf. Thread-safe.
 */
@Singleton
public final class LedgerVerification {
    private static final int MOST_LEAVES = 2000;

    private final MerkleLog log;
    private final LeafRows leaves;
    private final TreeCheck tree;
    private final EntryCheck entries;
    private final EventCheck events;
    private final TotalsCheck totals;
    private final Retentions retentions;

    LedgerVerification(
            MerkleLog log,
            LeafRows leaves,
            TreeCheck tree,
            EntryCheck entries,
            EventCheck events,
            TotalsCheck totals,
            Retentions retentions) {
        this.log = log;
        this.retentions = retentions;
        this.leaves = leaves;
        this.tree = tree;
        this.entries = entries;
        this.events = events;
        this.totals = totals;
    }

    /**
     * What a part found.
     *
     * @param findings of the first leaves first
     * @param reached where the next one begins
     * @param last whether there is none
     * @param gone what was given up: of that, hashes are checked
     */
    record Part(List<Finding> findings, CheckPlace reached, boolean last, Optional<Retentions.Gone> gone) {}

    Part check(CheckPlace place, VerifierKey key) {
        long size = log.size();
        Optional<Retentions.Gone> gone = retentions.gone();
        long begin = gone.map(Retentions.Gone::leaves).orElse(0L);
        return place.leaf() < begin ? checkGone(place.leaf(), begin, gone, key) : checkLeaves(place, size, gone, key);
    }

    /** They have no bytes any more; their hashes are under the same checkpoints as ever. */
    private Part checkGone(long from, long end, Optional<Retentions.Gone> gone, VerifierKey key) {
        List<LeafHash> hashes = leaves.hashes(from, Math.min(end, from + MOST_LEAVES));
        long reached = hashes.isEmpty() ? end : hashes.getLast().index() + 1;
        return new Part(tree.check(from, hashes, true, key), new CheckPlace(reached, 0), false, gone);
    }

    private Part checkLeaves(CheckPlace place, long size, Optional<Retentions.Gone> gone, VerifierKey key) {
        List<LeafRows.Row> rows = leaves.from(place.leaf(), Math.min(size, place.leaf() + MOST_LEAVES));
        Set<LeafRows.Noted> faults = entries.faults(rows);
        List<Finding> findings = new ArrayList<>();
        if (place.leaf() < size) {
            findings.addAll(tree.check(
                    place.leaf(), rows.stream().map(LeafRows.Row::leafHash).toList(), false, key));
        }
        for (LeafRows.Row row : rows) {
            entries.check(row, faults).ifPresent(findings::add);
        }
        EventCheck.Result shown = events.check(rows, faults);
        findings.addAll(shown.findings());
        CheckPlace reached =
                new CheckPlace(rows.isEmpty() ? size : rows.getLast().index() + 1, place.events() + shown.count());
        boolean last = reached.leaf() >= size;
        if (last) {
            findings.addAll(totals.check(size));
            long count = events.count(gone.map(Retentions.Gone::eventsBefore).orElse(Instant.EPOCH));
            if (count != reached.events()) {
                findings.add(
                        Finding.none("there are %d AuditEvents, and leaves for %d".formatted(count, reached.events())));
            }
        }
        findings.sort(Comparator.comparingLong(Finding::leaf));
        return new Part(findings, reached, last, gone);
    }
}
