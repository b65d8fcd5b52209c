package org.carelog.audit.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Which accesses an export shows, by their leaves alone, so that who checks it can decide the same. What is no access, or has
 * nothing by which it could be left out, is always shown. Pure.
 *
 * @param patient the id of the patient in whose compartment something was touched
 * @param user the subject or the client of who asked
 * @param since the earliest time of the request
 */
record ExportFilter(Optional<String> patient, Optional<String> user, Optional<Instant> since) {

    boolean matches(JsonNode leaf) {
        if (!leaf.path("leaf").asText().equals("access") || !leaf.has("id")) {
            return true;
        }
        return patient.map(id -> hasPatient(leaf, id)).orElse(true)
                && user.map(id -> is(leaf, "subject", id) || is(leaf, "client", id))
                        .orElse(true)
                && since.map(from -> !Instant.parse(leaf.path("at").asText()).isBefore(from))
                        .orElse(true);
    }

    private static boolean hasPatient(JsonNode leaf, String id) {
        for (JsonNode entity : leaf.path("entities")) {
            if (is(entity, "patient", id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(JsonNode node, String field, String value) {
        return node.path(field).asText("").equals(value);
    }
}
