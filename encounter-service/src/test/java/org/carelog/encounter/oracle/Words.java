package org.carelog.encounter.oracle;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/**
 * What resources say, word by word, each of their values for itself. Thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#content">FHIR R4, _text and _content</a>
 */
final class Words {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final List<String> OF_THE_SERVER = List.of("resourceType", "id", "meta", "text");

    private record Said(List<List<String>> narrative, List<List<String>> rest) {}

    private final Map<Resource, Said> known = new ConcurrentHashMap<>();

    /** @param narrative whether of that alone */
    List<List<String>> of(Resource resource, boolean narrative) {
        Said said = known.computeIfAbsent(resource, Words::read);
        return narrative
                ? said.narrative()
                : Stream.concat(said.narrative().stream(), said.rest().stream()).toList();
    }

    boolean has(Resource resource, boolean narrative, List<String> words) {
        return of(resource, narrative).stream().anyMatch(value -> Collections.indexOfSubList(value, words) >= 0);
    }

    private static Said read(Resource resource) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(FhirContext.forR4Cached()
                    .newJsonParser()
                    .setStripVersionsFromReferences(false)
                    .encodeResourceToString(resource));
            String div = json.at("/text/div").asText().replaceAll("<[^>]*>", " ");
            json.remove(OF_THE_SERVER);
            List<List<String>> rest = new ArrayList<>();
            collect(json, rest);
            return new Said(List.of(words(div)), rest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(JsonNode node, List<List<String>> values) {
        if (node.isTextual()) {
            values.add(words(node.textValue()));
        } else if (node.isNumber()) {
            values.add(words(node.decimalValue().toPlainString()));
        }
        node.forEach(inner -> collect(inner, values));
    }

    private static List<String> words(String text) {
        String letters = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        return Stream.of(letters.toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
