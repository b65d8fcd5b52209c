package org.carelog.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a client wants to have validated: a resource by itself, or in Parameters with how. The resource is well-formed
 * JSON of some type, and not judged otherwise.
 *
 * @param resourceType of the resource; empty: it has none, or there is no resource
 * @param resource its JSON, or null
 * @param parameters the simple parameters beside it
 * @see <a href="https://hl7.org/fhir/R4/resource-operation-validate.html">FHIR R4, $validate</a>
 */
public record IncomingValidation(String resourceType, byte[] resource, List<Map.Entry<String, String>> parameters) {
    public IncomingValidation {
        parameters = List.copyOf(parameters);
    }

    /** Nothing but what the URL says. */
    public static IncomingValidation none() {
        return new IncomingValidation("", null, List.of());
    }

    /** @throws FhirProblemException {@link FhirProblem.MalformedJson}, {@link FhirProblem.InvalidOperationParameter} */
    public static IncomingValidation parse(byte[] json) {
        JsonNode root = JsonSyntax.read(json);
        if (!typeOf(root).equals("Parameters")) {
            return new IncomingValidation(typeOf(root), json, List.of());
        }
        IncomingValidation found = none();
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (JsonNode parameter : root.path("parameter")) {
            String name = parameter.path("name").asText("");
            if (name.equals("resource") && parameter.path("resource").isObject() && found.resource() == null) {
                JsonNode resource = parameter.path("resource");
                found = new IncomingValidation(typeOf(resource), JsonSyntax.write(resource), List.of());
            } else {
                parameters.add(Map.entry(name, value(name, parameter)));
            }
        }
        return new IncomingValidation(found.resourceType(), found.resource(), parameters);
    }

    private static String value(String name, JsonNode parameter) {
        for (String member : List.of("valueCode", "valueUri", "valueCanonical", "valueString")) {
            if (parameter.path(member).isTextual()) {
                return parameter.path(member).asText();
            }
        }
        throw new FhirProblemException(
                new FhirProblem.InvalidOperationParameter(name, "a resource, code or URI is expected, once"));
    }

    private static String typeOf(JsonNode resource) {
        return resource.path("resourceType").asText("");
    }
}
