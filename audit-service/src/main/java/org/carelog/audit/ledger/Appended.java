package org.carelog.audit.ledger;

import java.util.List;
import org.carelog.audit.journal.AccessRecorded;

/**
 * What an append did.
 *
 * @param source whose sequence it is
 * @param entries that were not there before
 * @param gaps that it opened
 * @param faults that it found
 * @param late whether an entry came after one with a higher number, so that a gap may be closed
 */
public record Appended(String source, List<AccessRecorded> entries, List<Gap> gaps, List<Fault> faults, boolean late) {

    boolean isEmpty() {
        return entries.isEmpty() && gaps.isEmpty() && faults.isEmpty();
    }

    /** Whether the ledger is more or less whole now than it was. */
    public boolean changesState() {
        return late || !gaps.isEmpty() || !faults.isEmpty();
    }
}
