package org.carelog.bench.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carelog.local.load.InputResource;

/** Patients by their numbers: made after the Patients of a population, with names, phone numbers and ids of their own. */
public final class Patients {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static final String FAMILY = "Example" + Template.PERSON;

    private record Kind(PersonTemplate person, Template json) {}

    private final List<Kind> kinds = new ArrayList<>();

    /** @param models Patients with ids that are UUIDs */
    public Patients(List<InputResource> models) throws IOException {
        for (InputResource model : models) {
            kinds.add(new Kind(PersonTemplate.of(model), new Template(marked(model), Set.of(model.id()))));
        }
    }

    /** With a name and phone numbers that are others in each copy. */
    static byte[] marked(InputResource model) throws IOException {
        ObjectNode patient = (ObjectNode) MAPPER.readTree(model.json());
        ArrayNode names = patient.withArray("name");
        for (var name : names) {
            ((ObjectNode) name).put("family", FAMILY);
        }
        for (var telecom : patient.withArray("telecom")) {
            ((ObjectNode) telecom).put("value", "555-" + Template.REVISION);
        }
        return MAPPER.writeValueAsBytes(patient);
    }

    public String id(long number) {
        return person(number).id();
    }

    public Person person(long number) {
        return kind(number).person().copy(number);
    }

    /** The Patient, with that id, as it is in a revision. */
    public byte[] json(long number, long revision) {
        return kind(number).json().copy(number, revision);
    }

    private Kind kind(long number) {
        return kinds.get((int) (number % kinds.size()));
    }
}
