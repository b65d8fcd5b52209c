package org.carelog.system.history;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What can be said of a resource's JSON. */
public final class Content {

    /** The system of the identifiers that are markers. */
    public static final String MARKER = "urn:carelog:system-test:attempt";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Content() {}

    /** The same for two resources that differ in nothing but the order of fields, id and what a server stamps. */
    public static String of(byte[] json) {
        JsonNode resource = parsed(json);
        if (resource instanceof ObjectNode object) {
            object.remove("id");
            if (object.get("meta") instanceof ObjectNode meta) {
                meta.remove("versionId");
                meta.remove("lastUpdated");
                if (meta.isEmpty()) {
                    object.remove("meta");
                }
            }
        }
        try {
            return digest(MAPPER.writeValueAsBytes(MAPPER.treeToValue(resource, Map.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The marker of the request that made it. */
    public static Optional<String> marker(byte[] json) {
        for (JsonNode identifier : parsed(json).path("identifier")) {
            if (identifier.path("system").asText().equals(MARKER)) {
                return Optional.of(identifier.path("value").asText());
            }
        }
        return Optional.empty();
    }

    /** Of the bytes as they are. */
    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws UncheckedIOException when it is no JSON */
    public static JsonNode parsed(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
