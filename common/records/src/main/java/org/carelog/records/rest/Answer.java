package org.carelog.records.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Representation;

/**
 * What goes back to the client, before it goes.
 *
 * @param body JSON, or null
 * @param entities what it touched or shows, for the journal
 * @param recorded whether the journal has its entry already, from the write's own transaction
 */
record Answer(int status, Map<String, String> headers, byte[] body, List<Entity> entities, boolean recorded) {
    static Answer of(int status, byte[] body) {
        return new Answer(status, Map.of(), body, List.of(), false);
    }

    Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, all, body, entities, recorded);
    }

    /** The same, its body in the form that the client wants. */
    Answer in(Representation representation) {
        return body == null || representation.equals(Representation.STORED)
                ? this
                : new Answer(status, headers, representation.of(body), entities, recorded)
                        .with("Content-Type", representation.format().mediaType() + ";charset=UTF-8");
    }

    Answer showing(List<Entity> shown) {
        return new Answer(status, headers, body, shown, recorded);
    }

    Answer alreadyRecorded() {
        return new Answer(status, headers, body, entities, true);
    }
}
