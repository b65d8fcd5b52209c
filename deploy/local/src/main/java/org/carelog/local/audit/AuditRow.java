package org.carelog.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An AuditEvent in a line: who did what to which records, and how it was answered. */
record AuditRow(
        String time,
        String user,
        String client,
        String address,
        String service,
        String action,
        String outcome,
        String patient,
        String records,
        String trace) {
    static final List<String> COLUMNS =
            List.of("time", "user", "client", "address", "service", "action", "outcome", "patient", "records", "trace");

    static AuditRow of(JsonNode event) {
        String user = "";
        String client = "";
        String address = "";
        for (JsonNode agent : event.path("agent")) {
            String id = agent.at("/who/identifier/value").asText("");
            if (!agent.at("/network/address").asText().startsWith("urn:") && agent.has("network")) {
                client = id;
                address = agent.at("/network/address").asText();
            } else if (agent.path("requestor").asBoolean()) {
                user = agent.path("name").asText(id);
            }
        }
        String patient = "";
        String trace = "";
        List<String> records = new ArrayList<>();
        for (JsonNode entity : event.path("entity")) {
            String reference = entity.at("/what/reference").asText("");
            if (entity.at("/role/code").asText().equals("1")) {
                patient = reference;
            } else if (entity.has("query")) {
                records.add(new String(
                        Base64.getDecoder().decode(entity.path("query").asText()), UTF_8));
            } else if (!reference.isEmpty()) {
                records.add(reference);
            } else if (entity.at("/type/code").asText().equals("traceId")) {
                trace = entity.at("/what/identifier/value").asText();
            } else if (!entity.at("/type/code").asText().equals("XrequestId")) {
                records.addAll(noticed(entity));
            }
        }
        return new AuditRow(
                event.path("recorded").asText(),
                user,
                client,
                address,
                event.at("/source/site").asText(),
                action(event),
                event.path("outcome").asText().equals("0")
                        ? "ok"
                        : event.path("outcomeDesc").asText("refused"),
                patient,
                String.join(" ", records),
                trace);
    }

    /** What it happened to where that is no record, and what else is told of it. */
    private static List<String> noticed(JsonNode entity) {
        List<String> told = new ArrayList<>();
        if (entity.at("/what/identifier").has("value")) {
            told.add(entity.at("/what/identifier/value").asText());
        }
        entity.path("detail")
                .forEach(detail -> told.add(detail.path("type").asText() + "="
                        + detail.path("valueString").asText()));
        return told;
    }

    /** An operation by its name, any other interaction by its code. */
    private static String action(JsonNode event) {
        JsonNode subtypes = event.path("subtype");
        return subtypes.isEmpty()
                ? "unknown"
                : subtypes.path(subtypes.size() - 1).path("code").asText();
    }

    /** By the names of the columns, in their order. */
    Map<String, String> cells() {
        List<String> values = List.of(time, user, client, address, service, action, outcome, patient, records, trace);
        Map<String, String> cells = new LinkedHashMap<>();
        COLUMNS.forEach(column -> cells.put(column, values.get(cells.size())));
        return cells;
    }

    @Override
    public String toString() {
        return "AuditRow[" + time + "]";
    }
}
