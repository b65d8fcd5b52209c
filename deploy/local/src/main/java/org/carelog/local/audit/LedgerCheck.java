package org.carelog.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.carelog.local.client.FhirAnswer;

/** Asks the audit log to check the whole of its ledger, and holds what was kept outside of it against it. For one check. */
final class LedgerCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ComplianceCalls calls;
    private final PrintStream out;
    private boolean wrong;
    private long kept;

    LedgerCheck(ComplianceCalls calls, PrintStream out) {
        this.calls = calls;
        this.out = out;
    }

    /** Every leaf, and what is searched of it. */
    void ledger() throws IOException, InterruptedException {
        String next = "0.0";
        while (next != null && !wrong) {
            JsonNode answer = calls.get("/$ledger-check", Map.of("next", next));
            tell(answer);
            Map<String, String> told = FhirAnswer.values(answer.path("parameter"));
            next = told.get("next");
            if (next == null && !wrong) {
                if (told.containsKey("gone")) {
                    out.printf(
                            "given up  the first %s leaves, of before %s: leaf %s says so; their hashes are what was signed%n",
                            told.get("gone"), told.get("goneBefore"), told.get("goneBy"));
                }
                out.printf(
                        "ledger    %s leaves and %s AuditEvents are what they were%n",
                        told.get("leaves"), told.get("events"));
            }
        }
    }

    /** The checkpoints of a file. */
    void file(Path file) throws IOException, InterruptedException {
        kept = 0;
        KeptCheckpoints.ofFile(file, this::compare);
        told("in " + file);
    }

    /** Those of the topic. */
    void topic(Map<String, Object> kafka) throws IOException, InterruptedException {
        kept = 0;
        KeptCheckpoints.ofTopic(kafka, this::compare);
        told("on the topic");
    }

    private boolean compare(List<String> notes) throws IOException, InterruptedException {
        if (!notes.isEmpty()) {
            ObjectNode parameters = JSON.createObjectNode().put("resourceType", "Parameters");
            notes.forEach(note -> parameters
                    .withArrayProperty("parameter")
                    .addObject()
                    .put("name", "checkpoint")
                    .put("valueString", note));
            tell(calls.post("/$ledger-check", parameters.toString()));
            kept += notes.size();
        }
        return !wrong;
    }

    private void told(String where) {
        if (!wrong) {
            out.printf("kept      %d checkpoints %s are those of the ledger%n", kept, where);
        }
    }

    private void tell(JsonNode answer) {
        for (JsonNode told : answer.path("parameter")) {
            if (told.path("name").asText().equals("finding")) {
                out.println("WRONG: " + told.path("valueString").asText());
                wrong = true;
            }
        }
    }

    boolean isWrong() {
        return wrong;
    }
}
