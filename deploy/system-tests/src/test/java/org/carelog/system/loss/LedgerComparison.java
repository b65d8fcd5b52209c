package org.carelog.system.loss;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carelog.system.history.Reference;
import org.carelog.system.history.Version;

/** Answers, and what the ledger has of their requests. */
final class LedgerComparison {
    private final Map<String, List<JsonNode>> entries;
    private final List<Answer> answers;

    /** @param ledger the entries of these requests, and perhaps of more */
    LedgerComparison(List<Answer> answers, List<JsonNode> ledger) {
        this.answers = answers;
        this.entries = ledger.stream()
                .collect(Collectors.groupingBy(entry -> entry.path("requestId").asText()));
    }

    /** A sentence for each answer that is not in the ledger, is there more than once, or otherwise than it was. */
    List<String> differences() {
        return answers.stream()
                .filter(answer -> !isAsTheLedgerHasIt(answer))
                .map(answer -> "%s, in the ledger %s".formatted(answer, of(answer)))
                .toList();
    }

    private List<JsonNode> of(Answer answer) {
        return entries.getOrDefault(answer.requestId(), List.of());
    }

    private boolean isAsTheLedgerHasIt(Answer answer) {
        List<JsonNode> recorded = of(answer);
        if (answer.isUnrecorded()) {
            return recorded.size() <= 1;
        }
        List<Integer> statuses = recorded.stream()
                .map(entry -> entry.path("status").asInt())
                .sorted()
                .toList();
        return statuses.equals(answer.statuses().stream().sorted().toList())
                && versions(recorded).containsAll(answer.shown());
    }

    private static Set<Version> versions(List<JsonNode> recorded) {
        Set<Version> versions = new HashSet<>();
        recorded.forEach(entry -> entry.path("entities")
                .forEach(entity -> versions.add(new Reference(
                                entity.path("type").asText(), entity.path("id").asText())
                        .version(entity.path("version").asLong()))));
        return versions;
    }

    /** How many answers there were of each status, rows that are due and rows that there are. */
    @Override
    public String toString() {
        Map<Integer, Long> byStatus =
                answers.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
        return "%d answers %s, %d rows due, %d rows of these in the ledger, %d of them could not be recorded"
                .formatted(
                        answers.size(),
                        byStatus,
                        answers.stream()
                                .filter(answer -> !answer.isUnrecorded())
                                .mapToInt(answer -> answer.statuses().size())
                                .sum(),
                        answers.stream()
                                .filter(answer -> !answer.isUnrecorded())
                                .mapToInt(answer -> of(answer).size())
                                .sum(),
                        answers.stream().filter(Answer::isUnrecorded).count());
    }
}
