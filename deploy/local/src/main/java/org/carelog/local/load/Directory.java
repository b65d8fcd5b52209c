package org.carelog.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By which identifiers the loaded files know their practitioners, organizations and locations, to turn a conditional
 * reference such as {@code Practitioner?identifier=system|value} into {@code Type/id}. They are few, and loaded before
 * what refers to them. Thread-safe.
 */
final class Directory {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> TYPES = Set.of("Organization", "Practitioner", "PractitionerRole", "Location");

    private final Map<String, String> references = new ConcurrentHashMap<>();

    void note(InputResource resource) throws IOException {
        if (!TYPES.contains(resource.type())) {
            return;
        }
        for (JsonNode identifier : MAPPER.readTree(resource.json()).path("identifier")) {
            references.put(
                    "%s?identifier=%s|%s"
                            .formatted(
                                    resource.type(),
                                    identifier.path("system").asText(""),
                                    identifier.path("value").asText("")),
                    resource.reference());
        }
    }

    /** What the condition means here; the condition itself when that is not known. */
    String rewrite(String condition) {
        return references.getOrDefault(condition, condition);
    }
}
