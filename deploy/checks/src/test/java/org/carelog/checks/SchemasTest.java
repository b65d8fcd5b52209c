package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was published stays readable: samples as they are, schemas but for what is added and optional. */
class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMAS = Checkout.file("docs/events/schemas");
    private static final Path FROZEN = Checkout.file("deploy/checks/src/test/resources/frozen");
    private static final Path SAMPLES = Checkout.file("common/events/src/test/resources/samples");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    /** A new sample gets its line: {@code sha256sum} of all of them. */
    @Test
    void everySampleIsAsItWasFrozen() throws Exception {
        // Given
        Map<String, String> frozen = Files.readAllLines(FROZEN.resolve("samples.sha256")).stream()
                .map(line -> line.split(" +"))
                .collect(Collectors.toMap(line -> line[1], line -> line[0], (a, b) -> b, TreeMap::new));

        // Then
        Map<String, String> found = new TreeMap<>();
        for (Path sample : files(SAMPLES)) {
            found.put(sample.getFileName().toString(), sha256(sample));
        }
        assertThat(found).isEqualTo(frozen);
    }

    @ParameterizedTest
    @MethodSource("editions")
    void aSchemaHasWhatEveryEditionOfItHad(Path edition) throws IOException {
        assertThat(SchemaChange.breaks(
                        JSON.readTree(edition.toFile()),
                        JSON.readTree(current(edition).toFile())))
                .isEmpty();
    }

    @Test
    void everySchemaIsFrozen() throws IOException {
        assertThat(files(SCHEMAS))
                .allSatisfy(
                        schema -> assertThat(editions().map(Path::getFileName)).contains(schema.getFileName()));
    }

    /** Also by the editions that readers may still have. */
    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsValidByEverySchemaThatItsReadersHave(Path sample) throws IOException {
        // Given
        JsonNode record = JSON.readTree(sample.toFile());
        boolean deletion = record.at("/headers/ce_type").asText().endsWith(".deleted.v1");
        String value = deletion ? "deletion.v1.json" : "resource.v1.json";

        // Then
        assertThat(Stream.concat(editions(), Stream.of(SCHEMAS.resolve("headers.v1.json"), SCHEMAS.resolve(value))))
                .allSatisfy(schema -> {
                    String name = schema.getFileName().toString();
                    if (name.equals("headers.v1.json")) {
                        assertThat(schema(schema).validate(record.get("headers")))
                                .isEmpty();
                    } else if (name.equals(value)) {
                        assertThat(schema(schema).validate(record.get("value"))).isEmpty();
                    }
                });
        assertThat(record.at("/headers/ce_dataschema").asText("none"))
                .isIn(
                        "none",
                        JSON.readTree(SCHEMAS.resolve(value).toFile())
                                .get("$id")
                                .asText());
        assertThat(record.get("headers").properties().stream().map(Map.Entry::getKey))
                .allMatch(header -> headers().at("/properties").has(header));
    }

    @ParameterizedTest
    @CsvSource({
        "/properties/ce_id, remove, /properties/ce_id is gone",
        "/properties, rename ce_time ce_at, /properties/ce_time is gone",
        "/properties/ce_time/type, set number, /properties/ce_time/type is changed",
        "/properties/ce_sequence/pattern, set .*, /properties/ce_sequence/pattern is changed",
        "/required, append traceparent, /required is changed",
        "/additionalProperties, set false, /additionalProperties is new",
    })
    void aChangeThatAReaderWouldNotBearIsNoticed(String place, String change, String told) {
        // Given
        JsonNode changed = headers().deepCopy();
        String[] words = change.split(" ");
        ObjectNode parent = (ObjectNode) changed.at(place.substring(0, place.lastIndexOf('/')));
        String last = place.substring(place.lastIndexOf('/') + 1);

        // When
        switch (words[0]) {
            case "remove" -> parent.remove(last);
            case "rename" -> {
                ObjectNode properties = (ObjectNode) changed.at(place);
                properties.set(words[2], properties.remove(words[1]));
            }
            case "append" -> parent.withArray("/" + last).add(words[1]);
            default -> parent.put(last, words[1]);
        }

        // Then
        assertThat(SchemaChange.breaks(headers(), changed)).containsExactly(told);
    }

    @Test
    void whatIsAddedAndOptionalBreaksNothing() {
        // Given
        ObjectNode changed = headers().deepCopy();

        // When
        changed.put("description", "Other words.");
        changed.withObject("/properties/ce_consent").put("type", "string");

        // Then
        assertThat(SchemaChange.breaks(headers(), changed)).isEmpty();
    }

    private static ObjectNode headers() {
        try {
            return (ObjectNode) JSON.readTree(SCHEMAS.resolve("headers.v1.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> samples() throws IOException {
        return files(SAMPLES).stream();
    }

    static Stream<Path> editions() throws IOException {
        return files(FROZEN).stream().filter(file -> file.toString().endsWith(".json"));
    }

    private static Path current(Path edition) {
        return SCHEMAS.resolve(edition.getFileName());
    }

    private static JsonSchema schema(Path file) throws IOException {
        return FACTORY.getSchema(
                JSON.readTree(file.toFile()),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
