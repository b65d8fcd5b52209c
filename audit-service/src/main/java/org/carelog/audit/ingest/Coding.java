package org.carelog.audit.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A code that audit events are written with.
 *
 * @param display null: none
 * @see <a href="https://hl7.org/fhir/R4/datatypes.html#Coding">FHIR R4, Coding</a>
 */
record Coding(String system, String code, String display) {
    ObjectNode json() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("system", system).put("code", code);
        return display == null ? json : json.put("display", display);
    }

    /** As a CodeableConcept. */
    ObjectNode concept() {
        ObjectNode concept = JsonNodeFactory.instance.objectNode();
        concept.putArray("coding").add(json());
        return concept;
    }
}
