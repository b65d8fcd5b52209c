package org.carelog.encounter.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Resources in files of NDJSON, on the class path. {@code population} is some of what {@code ./carelog load --synthea 20
 * --seed 42} has of four people, without narratives and with few items in claims; {@code corner-cases} are made by hand;
 * {@code former} has earlier versions of some of these, and what was deleted.
 */
final class Records {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Records() {}

    static List<JsonNode> in(String file) {
        try (InputStream in = Records.class.getResourceAsStream(file);
                MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(in)) {
            return lines.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    static byte[] bytes(JsonNode resource) {
        return resource.toString().getBytes(UTF_8);
    }
}
