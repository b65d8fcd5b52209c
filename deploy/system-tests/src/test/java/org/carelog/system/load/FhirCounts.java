package org.carelog.system.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.system.history.Content;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Tokens;

/** What the public API says of how much it has. */
record FhirCounts(Carelog carelog, Tokens tokens) {

    Map<String, Long> of(String... types) throws Exception {
        Map<String, Long> counts = new HashMap<>();
        for (String type : types) {
            counts.put(type, get("/" + type + "?_summary=count").path("total").asLong());
        }
        return counts;
    }

    /** Those that can be written. */
    Set<String> hostedTypes() throws Exception {
        Set<String> types = new TreeSet<>();
        for (JsonNode resource : get("/metadata").at("/rest/0/resource")) {
            for (JsonNode interaction : resource.path("interaction")) {
                if (interaction.path("code").asText().equals("update")) {
                    types.add(resource.path("type").asText());
                }
            }
        }
        return types;
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(carelog.fhir() + path))
                .header("Authorization", "Bearer " + tokens.of("clinician"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " was answered with " + response.statusCode());
            }
            return Content.parsed(response.body());
        }
    }
}
