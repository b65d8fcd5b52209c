package org.carelog.audit.ledger;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an append notices on its way, each thing once. */
final class Findings {
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Fault> faults = new LinkedHashSet<>();

    void gap(long firstSeq, long lastSeq) {
        gaps.add(new Gap(firstSeq, lastSeq));
    }

    void fault(long seq, FaultKind kind) {
        faults.add(new Fault(seq, kind));
    }

    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
