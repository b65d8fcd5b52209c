package org.carelog.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;

/** Which service owns which type, by the services' own CapabilityStatements. */
final class Owners {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Owners() {}

    /** Without the types that more than one service owns, such as Provenance. */
    static Map<String, Service> ask(RunningSystem running) throws Exception {
        String token = running.tokens().token("loader").value();
        Map<String, Service> owners = new HashMap<>();
        Set<String> shared = new HashSet<>();
        try (FhirCalls fhir = new FhirCalls()) {
            for (Service service : Service.values()) {
                URI metadata = URI.create(running.service(service) + "/metadata");
                for (JsonNode resource :
                        MAPPER.readTree(fhir.get(metadata, token).body()).at("/rest/0/resource")) {
                    String type = resource.path("type").asText();
                    if (isWritable(resource) && owners.put(type, service) != null) {
                        shared.add(type);
                    }
                }
            }
        }
        owners.keySet().removeAll(shared);
        return owners;
    }

    private static boolean isWritable(JsonNode resource) {
        for (JsonNode interaction : resource.path("interaction")) {
            if (interaction.path("code").asText().equals("update")) {
                return true;
            }
        }
        return false;
    }
}
