package org.carelog.bench.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carelog.local.load.InputResource;

/** Patients by their numbers: made after the Patients of a population, with names, phone numbers and ids of their own. */
public final class Patients {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Kind(Template id, Template json) {}

    private final List<Kind> kinds = new ArrayList<>();

    /** @param models Patients with ids that are UUIDs */
    public Patients(List<InputResource> models) throws IOException {
        for (InputResource model : models) {
            kinds.add(new Kind(
                    new Template(model.id().getBytes(StandardCharsets.US_ASCII), Set.of(model.id())),
                    new Template(marked(model), Set.of(model.id()))));
        }
    }

    private static byte[] marked(InputResource model) throws IOException {
        ObjectNode patient = (ObjectNode) MAPPER.readTree(model.json());
        ArrayNode names = patient.withArray("name");
        for (var name : names) {
            ((ObjectNode) name).put("family", "Example" + Template.PERSON);
        }
        for (var telecom : patient.withArray("telecom")) {
            ((ObjectNode) telecom).put("value", "555-" + Template.REVISION);
        }
        return MAPPER.writeValueAsBytes(patient);
    }

    public String id(long number) {
        return new String(kind(number).id().copy(number, 0), StandardCharsets.US_ASCII);
    }

    /** The Patient, with that id, as it is in a revision. */
    public byte[] json(long number, long revision) {
        return kind(number).json().copy(number, revision);
    }

    private Kind kind(long number) {
        return kinds.get((int) (number % kinds.size()));
    }
}
