package org.carelog.records.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;

/** References in a Parameters resource, as services tell them to each other. */
final class ReferenceList {
    private static final String PARAMETER = "parameter";
    private static final String NAME = "reference";

    private ReferenceList() {}

    static Resource of(Collection<LocalReference> references) {
        Resource parameters = Resource.empty("Parameters");
        ArrayNode list = parameters.json().putArray(PARAMETER);
        references.forEach(reference ->
                list.addObject().put("name", NAME).putObject("valueReference").put("reference", reference.toString()));
        return parameters;
    }

    /** Those that point into this system. */
    static List<LocalReference> read(Resource parameters) {
        List<LocalReference> references = new ArrayList<>();
        for (JsonNode parameter : parameters.get(PARAMETER)) {
            LocalReference.of(parameter.path("valueReference").path("reference").asText(""), "")
                    .ifPresent(references::add);
        }
        return references;
    }
}
