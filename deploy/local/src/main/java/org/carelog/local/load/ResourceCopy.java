package org.carelog.local.load;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Copies one resource token by token, so that its decimals keep every digit, and rewrites its references on the way.
 * From the moment its type is known not to be wanted, only its id is read.
 */
final class ResourceCopy {

    private final ResourceVisitor visitor;
    private ByteArrayOutputStream bytes;
    private JsonGenerator out;
    private String type;
    private String id;
    private boolean unwanted;

    ResourceCopy(ResourceVisitor visitor) {
        this.visitor = visitor;
    }

    /** The object whose start the parser is at. */
    static ResourceCopy of(JsonParser in, ResourceVisitor visitor) throws IOException {
        ResourceCopy copy = new ResourceCopy(visitor);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            copy.field(in, field);
        }
        return copy;
    }

    /** The field whose value the parser is at. */
    void field(JsonParser in, String name) throws IOException {
        if (name.equals("resourceType")) {
            type = in.getText();
            unwanted = !visitor.wants(type);
        } else if (name.equals("id")) {
            id = in.getText();
        }
        if (unwanted) {
            in.skipChildren();
        } else {
            begin();
            out.writeFieldName(name);
            value(in);
        }
    }

    /** Most resources of a population are not wanted: they get no buffers. */
    private void begin() throws IOException {
        if (out == null) {
            bytes = new ByteArrayOutputStream();
            out = FhirReader.JSON.createGenerator(bytes);
            out.writeStartObject();
        }
    }

    private void value(JsonParser in) throws IOException {
        int depth = 0;
        for (JsonToken token = in.currentToken(); token != null; token = in.nextToken()) {
            if (token == JsonToken.VALUE_STRING && "reference".equals(in.currentName())) {
                out.writeString(visitor.rewrite(in.getText()));
            } else {
                out.copyCurrentEventExact(in);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
        throw new NotFhirException(in.currentLocation());
    }

    /** Null while the resource has not said it. */
    String type() {
        return type;
    }

    /** Null when the resource has none. */
    String id() {
        return id;
    }

    boolean mayBeBundle() {
        return type == null || type.equals("Bundle");
    }

    /** The copy, under the given id when it had none. To be called once, at the end. */
    byte[] json(String idToHave) throws IOException {
        begin();
        if (id == null) {
            out.writeStringField("id", idToHave);
        }
        out.writeEndObject();
        out.close();
        return bytes.toByteArray();
    }
}
