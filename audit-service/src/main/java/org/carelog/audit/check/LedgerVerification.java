package org.carelog.audit.check;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.carelog.audit.ledger.MerkleLog;
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

    LedgerVerification(
            MerkleLog log, LeafRows leaves, TreeCheck tree, EntryCheck entries, EventCheck events, TotalsCheck totals) {
        this.log = log;
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
     */
    record Part(List<Finding> findings, CheckPlace reached, boolean last) {}

    Part check(CheckPlace place, VerifierKey key) {
        long size = log.size();
        List<LeafRows.Row> rows = leaves.from(place.leaf(), Math.min(size, place.leaf() + MOST_LEAVES));
        Set<LeafRows.Noted> faults = entries.faults(rows);
        List<Finding> findings = new ArrayList<>(tree.check(place.leaf(), rows, key));
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
            if (events.count() != reached.events()) {
                findings.add(Finding.none(
                        "there are %d AuditEvents, and leaves for %d".formatted(events.count(), reached.events())));
            }
        }
        findings.sort(Comparator.comparingLong(Finding::leaf));
        return new Part(findings, reached, last);
    }
}
