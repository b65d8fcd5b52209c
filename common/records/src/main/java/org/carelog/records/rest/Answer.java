package org.carelog.records.rest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.HttpDate;
import org.carelog.fhir.Representation;
import org.carelog.records.store.StoredVersion;

/**
 * What goes back to the client, before it goes.
 *
 * @param body JSON, or null
 * @param entities what it touched or shows, for the journal
 * @param recorded whether the journal has its entry already, from the write's own transaction
 * @param lastUpdated of the one version that it is about, as exactly as that has it; null: it is about none
 */
record Answer(
        int status,
        Map<String, String> headers,
        byte[] body,
        List<Entity> entities,
        boolean recorded,
        Instant lastUpdated) {
    static Answer of(int status, byte[] body) {
        return new Answer(status, Map.of(), body, List.of(), false, null);
    }

    /** The same, about one version. */
    Answer of(StoredVersion version) {
        Answer dated = new Answer(status, headers, body, entities, recorded, version.lastUpdated());
        return dated.with("ETag", Preconditions.etag(version.version()))
                .with("Last-Modified", HttpDate.of(version.lastUpdated()));
    }

    Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, all, body, entities, recorded, lastUpdated);
    }

    /** The same, its body in the form that the client wants. */
    Answer in(Representation representation) {
        return body == null || representation.equals(Representation.STORED)
                ? this
                : new Answer(status, headers, representation.of(body), entities, recorded, lastUpdated)
                        .with("Content-Type", representation.format().mediaType() + ";charset=UTF-8");
    }

    Answer showing(List<Entity> shown) {
        return new Answer(status, headers, body, shown, recorded, lastUpdated);
    }

    Answer alreadyRecorded() {
        return new Answer(status, headers, body, entities, true, lastUpdated);
    }
}
