package org.carelog.bench.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.carelog.local.load.InputResource;

/** What somebody is searched by. */
public record Person(String id, String family, String birthDate) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static Person of(InputResource patient) throws IOException {
        JsonNode json = MAPPER.readTree(patient.json());
        return new Person(
                patient.id(),
                json.at("/name/0/family").asText(),
                json.path("birthDate").asText());
    }

    /** The reference only. */
    @Override
    public String toString() {
        return "Patient/" + id;
    }
}
