package org.carelog.local.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A Bundle cut into its entries without reading what is in them: their bytes stay as they came.
 *
 * @param type {@code Bundle.type}; empty when it has none
 */
record BundleSlices(String type, List<Slice> entries) {

    private static final JsonFactory JSON = new JsonFactory();

    BundleSlices {
        entries = List.copyOf(entries);
    }

    /** @param url {@code request.url}; empty when the entry has none */
    record Slice(byte[] json, String url) {
        /** The resource type that the entry is about, or what stands in its place. */
        String resourceType() {
            return url.replaceFirst("^/", "").split("[/?]", 2)[0];
        }
    }

    /** @throws IOException when the bytes are no JSON object */
    static BundleSlices of(byte[] bundle) throws IOException {
        try (JsonParser json = JSON.createParser(bundle)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            String type = "";
            List<Slice> entries = new ArrayList<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("type") && value == JsonToken.VALUE_STRING) {
                    type = json.getText();
                } else if (field.equals("entry") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        entries.add(entry(json, bundle));
                    }
                } else {
                    json.skipChildren();
                }
            }
            return new BundleSlices(type, entries);
        }
    }

    private static Slice entry(JsonParser json, byte[] bundle) throws IOException {
        int start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        String url = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean request = json.currentName().equals("request");
            if (json.nextToken() == JsonToken.START_OBJECT && request) {
                url = url(json);
            } else {
                json.skipChildren();
            }
        }
        int end = Math.toIntExact(json.currentLocation().getByteOffset());
        return new Slice(java.util.Arrays.copyOfRange(bundle, start, end), url);
    }

    private static String url(JsonParser json) throws IOException {
        String url = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("url");
            if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
                url = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return url;
    }

    /** A Bundle of that type with these entries, in their order. */
    static byte[] together(String type, List<byte[]> entries) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        write(bundle, "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\"");
        for (int i = 0; i < entries.size(); i++) {
            write(bundle, i == 0 ? ",\"entry\":[" : ",");
            bundle.writeBytes(entries.get(i));
        }
        write(bundle, entries.isEmpty() ? "}" : "]}");
        return bundle.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
