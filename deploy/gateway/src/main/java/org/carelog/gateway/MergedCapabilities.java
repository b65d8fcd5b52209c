package org.carelog.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The CapabilityStatement of all services as of one: each type as its owner describes it. The copies that other
 * services keep are not what a client reaches under the one base.
 *
 * @see <a href="https://hl7.org/fhir/R4/capabilitystatement.html">FHIR R4, CapabilityStatement</a>
 */
final class MergedCapabilities {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A service's statement, and the types that count in it. */
    record Part(byte[] statement, Set<String> owned) {}

    private MergedCapabilities() {}

    /**
     * @param parts not empty; what is said of no type is taken from the first
     * @throws IOException when one is not JSON
     */
    static byte[] of(List<Part> parts) throws IOException {
        TreeMap<String, JsonNode> resources = new TreeMap<>();
        for (Part part : parts) {
            for (JsonNode resource : MAPPER.readTree(part.statement()).at("/rest/0/resource")) {
                String type = resource.path("type").asText();
                if (part.owned().contains(type)) {
                    resources.putIfAbsent(type, resource);
                }
            }
        }
        JsonNode merged = MAPPER.readTree(parts.getFirst().statement());
        if (!merged.path("resourceType").asText().equals("CapabilityStatement")) {
            throw new IOException("no CapabilityStatement");
        }
        if (!(merged.at("/rest/0") instanceof ObjectNode rest)) {
            // the client asked for other elements
            return parts.getFirst().statement();
        }
        ArrayNode all = rest.putArray("resource");
        resources.values().forEach(all::add);
        // operations on all types each service answers for its own
        rest.remove("operation");
        return MAPPER.writeValueAsBytes(merged);
    }
}
