package org.carelog.system.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every answered request is in the journal of the service that answered it, once and truly. */
final class JournalCheck {
    private final Map<String, Map<String, List<JsonNode>>> bySource = new HashMap<>();
    private final Findings findings = new Findings();

    private JournalCheck(List<Journal> journals) {
        for (Journal journal : journals) {
            Map<String, List<JsonNode>> byRequest = new HashMap<>();
            for (Journal.Entry entry : journal.entries()) {
                JsonNode json = Content.parsed(entry.bytes());
                byRequest
                        .computeIfAbsent(json.path("requestId").asText(), id -> new ArrayList<>())
                        .add(json);
            }
            bySource.put(journal.source(), byRequest);
        }
    }

    /** @param prefix of every request id that is one of the attempts' */
    static Findings of(List<Attempt> attempts, List<Journal> journals, String prefix) {
        JournalCheck check = new JournalCheck(journals);
        Set<String> sent = new HashSet<>();
        attempts.forEach(attempt -> {
            sent.add(attempt.requestId());
            check.attempt(attempt);
        });
        check.invented(sent, prefix);
        return check.findings;
    }

    private void attempt(Attempt attempt) {
        List<JsonNode> entries =
                bySource.getOrDefault(attempt.service(), Map.of()).getOrDefault(attempt.requestId(), List.of());
        boolean elsewhere = bySource.entrySet().stream()
                .anyMatch(journal -> !journal.getKey().equals(attempt.service())
                        && journal.getValue().containsKey(attempt.requestId()));
        findings.add(elsewhere, Rule.RECORDED_TWICE, attempt.requestId() + " is in another service's journal");
        long done = entries.stream()
                .filter(entry -> entry.path("status").asInt() < 300)
                .count();
        findings.add(done > 1, Rule.RECORDED_TWICE, attempt.requestId() + " was done " + done + " times");
        if (attempt.isOpen()) {
            return; // an entry without an answer is possible, an answer without an entry is not
        }
        findings.add(entries.isEmpty(), Rule.UNRECORDED, attempt.requestId() + " at " + attempt.service());
        findings.add(entries.size() > 1, Rule.RECORDED_TWICE, attempt.requestId() + " at " + attempt.service());
        entries.forEach(entry -> compare(attempt, entry));
    }

    private void compare(Attempt attempt, JsonNode entry) {
        boolean same = entry.path("method").asText().equals(attempt.asked().method())
                && entry.at("/agent/name").asText().equals(attempt.user())
                && attempt.ending() instanceof Ending.Answered answered
                && entry.path("status").asInt() == answered.status()
                && entities(entry).containsAll(attempt.shown());
        findings.add(!same, Rule.WRONG_RECORD, attempt.requestId() + " at " + attempt.service());
    }

    private static Set<Version> entities(JsonNode entry) {
        Set<Version> versions = new HashSet<>();
        for (JsonNode entity : entry.path("entities")) {
            versions.add(new Reference(
                            entity.path("type").asText(), entity.path("id").asText())
                    .version(entity.path("version").asLong()));
        }
        return versions;
    }

    private void invented(Set<String> sent, String prefix) {
        bySource.forEach((source, byRequest) -> byRequest.keySet().stream()
                .filter(id -> id.startsWith(prefix) && !sent.contains(id))
                .forEach(id -> findings.add(Rule.INVENTED_RECORD, id + " at " + source)));
    }
}
