package org.carelog.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An OperationOutcome in words. */
final class Outcome {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST = 300;
    private static final Pattern ENTRY = Pattern.compile("Bundle\\.entry\\[(\\d{1,9})].*");

    private Outcome() {}

    /**
     * The first issue: diagnostics, else the details' text, else the code; "no reason given" when the body is not an
     * OperationOutcome.
     */
    static String reason(byte[] body) {
        return words(issues(body).path(0));
    }

    /** The first issue of each entry of a Bundle that has one; empty when an issue is about something else. */
    static Map<Integer, String> reasonsByEntry(byte[] body) {
        Map<Integer, String> reasons = new TreeMap<>();
        for (JsonNode issue : issues(body)) {
            Matcher entry = ENTRY.matcher(issue.path("expression").path(0).asText(""));
            if (!entry.matches()) {
                return Map.of();
            }
            reasons.putIfAbsent(Integer.valueOf(entry.group(1)), words(issue));
        }
        return reasons;
    }

    private static JsonNode issues(byte[] body) {
        try {
            return MAPPER.readTree(body).path("issue");
        } catch (IOException notJson) {
            return MAPPER.missingNode();
        }
    }

    private static String words(JsonNode issue) {
        String code = issue.path("code").asText("");
        String words = issue.path("diagnostics")
                .asText(issue.path("details").path("text").asText(""));
        String reason = words.isEmpty() ? code : code.isEmpty() ? words : code + ": " + words;
        return reason.isEmpty() ? "no reason given" : reason.substring(0, Math.min(LONGEST, reason.length()));
    }
}
