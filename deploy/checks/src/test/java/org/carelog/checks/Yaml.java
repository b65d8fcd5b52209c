package org.carelog.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as JSON, with its anchors and merges resolved; a key that is there twice is an error. */
final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Yaml() {}

    static JsonNode one(Path file) {
        List<JsonNode> all = all(file);
        if (all.size() != 1) {
            throw new IllegalStateException("%s holds %d documents".formatted(file, all.size()));
        }
        return all.getFirst();
    }

    static List<JsonNode> all(Path file) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(strict))
                .loadAll(Checkout.text(file))
                .forEach(document -> documents.add(MAPPER.valueToTree(document)));
        return documents;
    }
}
