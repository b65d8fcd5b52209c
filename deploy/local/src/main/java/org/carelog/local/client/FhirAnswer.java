package org.carelog.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what a FHIR server answered. */
public final class FhirAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FhirAnswer() {}

    /**
     * The resource of an answer of 200.
     *
     * @throws IOException when it is another status; the message says what was refused, as the server does
     */
    public static JsonNode resource(HttpResponse<byte[]> answer) throws IOException {
        JsonNode body = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(body.path("issue")
                    .path(0)
                    .path("diagnostics")
                    .asText("the service answered " + answer.statusCode()));
        }
        return body;
    }

    /** The values of parameters, or of their parts, by their names; of those with the same name the last. */
    public static Map<String, String> values(JsonNode parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonNode parameter : parameters) {
            parameter.properties().stream()
                    .filter(field -> field.getKey().startsWith("value"))
                    .forEach(value -> values.put(
                            parameter.path("name").asText(), value.getValue().asText()));
        }
        return values;
    }
}
