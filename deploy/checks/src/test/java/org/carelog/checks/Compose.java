package org.carelog.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code deploy/compose/compose.yaml}. */
final class Compose {
    static final Path DIRECTORY = Checkout.file("deploy/compose");

    private static final JsonNode FILE = Yaml.one(DIRECTORY.resolve("compose.yaml"));

    private Compose() {}

    static JsonNode file() {
        return FILE;
    }

    /** The containers by their names. */
    static Map<String, JsonNode> containers() {
        Map<String, JsonNode> containers = new LinkedHashMap<>();
        FILE.path("services").properties().forEach(entry -> containers.put(entry.getKey(), entry.getValue()));
        return containers;
    }

    static JsonNode container(String name) {
        return containers().get(name);
    }

    /** Those that run an image of a Carelog service: the services, and their migrations. */
    static Map<String, JsonNode> ofServices() {
        Map<String, JsonNode> containers = containers();
        containers
                .values()
                .removeIf(container -> !container.path("image").asText().contains("-service:"));
        return containers;
    }

    /** What of the container's files comes from this machine, as paths from the directory of the file. */
    static List<String> mounted(JsonNode container) {
        List<String> files = new ArrayList<>();
        for (JsonNode volume : container.path("volumes")) {
            if (volume.asText().startsWith(".")) {
                files.add(volume.asText().split(":")[0]);
            }
        }
        return files;
    }
}
