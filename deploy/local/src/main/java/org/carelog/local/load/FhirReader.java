package org.carelog.local.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads FHIR JSON as a stream: a Bundle, a single resource, or any number of them one after another (NDJSON). Only one
 * resource is in memory at a time, however large the Bundle. Stateless; one instance may read many files.
 */
final class FhirReader {

    /** Positions in errors name the line, never a piece of the record. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final String URN_UUID = "urn:uuid:";

    /** @throws IOException when the file cannot be read or is not JSON; what came before has been visited */
    void read(InputStream file, ResourceVisitor visitor) throws IOException, InterruptedException {
        try (JsonParser in = JSON.createParser(file)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                require(in, token == JsonToken.START_OBJECT);
                root(in, visitor);
            }
        }
    }

    private static void root(JsonParser in, ResourceVisitor visitor) throws IOException, InterruptedException {
        ResourceCopy copy = new ResourceCopy(visitor);
        boolean bundle = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken value = in.nextToken();
            // A List has entries too, but says first that it is one.
            if (field.equals("entry") && value == JsonToken.START_ARRAY && copy.mayBeBundle()) {
                bundle = true;
                entries(in, visitor);
            } else {
                copy.field(in, field);
            }
        }
        require(in, in.currentToken() == JsonToken.END_OBJECT && copy.type() != null);
        if (!bundle && !copy.mayBeBundle()) {
            tell(copy, null, visitor);
        }
    }

    private static void entries(JsonParser in, ResourceVisitor visitor) throws IOException, InterruptedException {
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in, in.currentToken() == JsonToken.START_OBJECT);
            entry(in, visitor);
        }
    }

    private static void entry(JsonParser in, ResourceVisitor visitor) throws IOException, InterruptedException {
        String fullUrl = null;
        ResourceCopy copy = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken value = in.nextToken();
            switch (field) {
                case "fullUrl" -> fullUrl = in.getText();
                case "resource" -> {
                    require(in, value == JsonToken.START_OBJECT);
                    copy = ResourceCopy.of(in, visitor);
                    require(in, copy.type() != null);
                }
                default -> in.skipChildren();
            }
        }
        require(in, in.currentToken() == JsonToken.END_OBJECT);
        if (copy != null) {
            tell(copy, fullUrl, visitor);
        }
    }

    private static void tell(ResourceCopy copy, String fullUrl, ResourceVisitor visitor)
            throws IOException, InterruptedException {
        String id = copy.id();
        // A transaction may leave the id to the server; the entry's own UUID makes a second run write the same
        // resource.
        if (id == null && fullUrl != null && fullUrl.startsWith(URN_UUID)) {
            id = fullUrl.substring(URN_UUID.length());
        }
        if (fullUrl != null && id != null) {
            visitor.named(fullUrl, copy.type(), id);
        }
        if (id == null || !visitor.wants(copy.type())) {
            visitor.passedOver(copy.type(), id);
        } else {
            visitor.wanted(new InputResource(copy.type(), id, copy.json(id)));
        }
    }

    private static void require(JsonParser in, boolean condition) throws NotFhirException {
        if (!condition) {
            throw new NotFhirException(in.currentLocation());
        }
    }
}
