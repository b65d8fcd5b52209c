package org.carelog.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which accesses are asked for.
 *
 * @param patient the id of a Patient
 * @param user the subject or client of who asked
 * @param trace the id of the trace that it is of, 32 hexadecimal digits; no export is asked for by it
 */
record AuditQuestion(Optional<String> patient, Optional<String> user, Optional<Instant> since, Optional<String> trace) {

    /** The same with the id of the user, if what was given is the name of one that the audit log knows. */
    AuditQuestion withIdOfUser(ComplianceCalls calls) throws IOException, InterruptedException {
        if (user.isEmpty()) {
            return this;
        }
        JsonNode latest = calls.get("", Map.of("agent-name:exact", user.get(), "_sort", "-date", "_count", "1"));
        for (JsonNode agent : latest.at("/entry/0/resource/agent")) {
            if (agent.path("name").asText().equals(user.get())) {
                return new AuditQuestion(
                        patient, Optional.of(agent.at("/who/identifier/value").asText(user.get())), since, trace);
            }
        }
        return this;
    }

    /** As the search for AuditEvents has it, the latest first. */
    Map<String, String> search() {
        Map<String, String> parameters = new LinkedHashMap<>();
        patient.ifPresent(id -> parameters.put("patient", "Patient/" + id));
        user.ifPresent(id -> parameters.put("agent:identifier", id));
        since.ifPresent(from -> parameters.put("date", "ge" + from));
        trace.ifPresent(id -> parameters.put("entity:identifier", id));
        parameters.put("_sort", "-date");
        parameters.put("_count", "200");
        return parameters;
    }

    /** As an export has it. */
    Map<String, String> export() {
        Map<String, String> parameters = new LinkedHashMap<>();
        patient.ifPresent(id -> parameters.put("patient", id));
        user.ifPresent(id -> parameters.put("user", id));
        since.ifPresent(from -> parameters.put("since", from.toString()));
        return parameters;
    }
}
