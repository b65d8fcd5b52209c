package org.carelog.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The first issue of an OperationOutcome in words. */
final class Outcome {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST = 300;

    private Outcome() {}

    /** Diagnostics, else the details' text, else the code; "no reason given" when the body is not an OperationOutcome. */
    static String reason(byte[] body) {
        try {
            JsonNode issue = MAPPER.readTree(body).path("issue").path(0);
            String code = issue.path("code").asText("");
            String words = issue.path("diagnostics")
                    .asText(issue.path("details").path("text").asText(""));
            String reason = words.isEmpty() ? code : code.isEmpty() ? words : code + ": " + words;
            return reason.isEmpty() ? "no reason given" : reason.substring(0, Math.min(LONGEST, reason.length()));
        } catch (IOException notJson) {
            return "no reason given";
        }
    }
}
