package org.carelog.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;

/**
 * An entry of a searchset.
 *
 * @param bytes without its place
 * @param place where the service's result goes on behind it; empty: it is no match
 * @param fullUrl empty: it has none
 */
record SearchEntry(byte[] bytes, String place, String fullUrl, String mode, String id, Instant lastUpdated) {
    private static final JsonFactory JSON = new JsonFactory();

    /** What {@code _sort} says; what has no order by itself stays in that of the services. Only these have all types. */
    static Comparator<SearchEntry> order(String sort) {
        Comparator<SearchEntry> order = (a, b) -> 0;
        for (String key : sort.split(",")) {
            Comparator<SearchEntry> next = key.endsWith("_lastUpdated")
                    ? Comparator.comparing(SearchEntry::lastUpdated)
                    : Comparator.comparing(SearchEntry::id);
            if (!key.isEmpty()) {
                order = order.thenComparing(key.startsWith("-") ? next.reversed() : next);
            }
        }
        return order;
    }

    boolean isMatch() {
        return mode.equals("match");
    }

    /** Of one in JSON. */
    static SearchEntry of(BundleSlices.Slice slice) throws IOException {
        String fullUrl = "";
        String mode = "";
        String id = "";
        Instant lastUpdated = Instant.MIN;
        try (JsonParser json = JSON.createParser(slice.bytes())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "fullUrl" -> fullUrl = json.getText();
                    case "search", "resource" -> {
                        while (json.nextToken() == JsonToken.FIELD_NAME) {
                            String inner = field + "." + json.currentName();
                            JsonToken innerValue = json.nextToken();
                            if (inner.equals("search.mode")) {
                                mode = json.getText();
                            } else if (inner.equals("resource.id")) {
                                id = json.getText();
                            } else if (inner.equals("resource.meta") && innerValue == JsonToken.START_OBJECT) {
                                lastUpdated = lastUpdated(json);
                            } else {
                                json.skipChildren();
                            }
                        }
                    }
                    default -> {
                        if (value.isStructStart()) {
                            json.skipChildren();
                        }
                    }
                }
            }
        }
        return new SearchEntry(withoutPlace(slice), slice.id(), fullUrl, mode, id, lastUpdated);
    }

    private static Instant lastUpdated(JsonParser meta) throws IOException {
        Instant found = Instant.MIN;
        while (meta.nextToken() == JsonToken.FIELD_NAME) {
            String field = meta.currentName();
            meta.nextToken();
            if (field.equals("lastUpdated")) {
                found = OffsetDateTime.parse(meta.getText()).toInstant();
            } else {
                meta.skipChildren();
            }
        }
        return found;
    }

    private static byte[] withoutPlace(BundleSlices.Slice slice) {
        byte[] start = "{\"id\":\"%s\",".formatted(slice.id()).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = slice.bytes();
        if (!Arrays.equals(start, 0, start.length, bytes, 0, Math.min(start.length, bytes.length))) {
            return bytes;
        }
        byte[] rest = Arrays.copyOfRange(bytes, start.length - 1, bytes.length);
        rest[0] = '{';
        return rest;
    }
}
