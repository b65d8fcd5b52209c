package org.carelog.system.history;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What could not be applied is parked once, by the one service that reads its topic; and nothing else is. */
final class ParkedCheck {
    private ParkedCheck() {}

    static Findings of(List<Parked> parked, List<Poison> poison) {
        Findings findings = new Findings();
        Set<Poison> waiting = new HashSet<>(poison);
        for (Parked row : parked) {
            boolean expected = poison.contains(row.place());
            findings.add(!expected, Rule.LEFT_OVER, "parked: " + row);
            findings.add(expected && !waiting.remove(row.place()), Rule.PARKED_TWICE, row.toString());
        }
        waiting.forEach(place -> findings.add(Rule.POISON_VANISHED, place.toString()));
        return findings;
    }
}
