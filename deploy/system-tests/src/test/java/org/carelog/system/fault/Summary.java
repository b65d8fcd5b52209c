package org.carelog.system.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carelog.system.history.Attempt;
import org.carelog.system.history.Ending;
import org.carelog.system.history.Evidence;

/** The figures of a run. */
final class Summary {
    private Summary() {}

    static String of(List<Attempt> attempts, Evidence evidence) {
        Map<String, Long> endings =
                attempts.stream().collect(Collectors.groupingBy(Summary::ending, TreeMap::new, Collectors.counting()));
        StringBuilder text = new StringBuilder("%d requests: %s".formatted(attempts.size(), endings));
        for (Evidence.Owned type : evidence.owned()) {
            int events = type.topic().events().size();
            text.append("%n%s: %d resources, %d versions, %d events, %d of them again"
                    .formatted(
                            type.owner().type(),
                            type.owner().heads().size(),
                            type.owner().versions().size(),
                            events,
                            events - type.topic().firstDeliveries().size()));
        }
        Map<String, Integer> entries = new TreeMap<>();
        evidence.journals()
                .forEach(journal ->
                        entries.put(journal.source(), journal.entries().size()));
        return text.append("%naudit entries: %s, in the ledger: %d"
                        .formatted(entries, evidence.ledger().rows().size()))
                .toString();
    }

    private static String ending(Attempt attempt) {
        return switch (attempt.ending()) {
            case Ending.Answered answered -> Integer.toString(answered.status());
            case Ending.Unanswered unanswered -> unanswered.why();
        };
    }
}
