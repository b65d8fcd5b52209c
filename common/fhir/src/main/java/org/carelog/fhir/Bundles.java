package org.carelog.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Bundles around stored resources, whose bytes go in as they are.
 *
 * @see <a href="https://hl7.org/fhir/R4/bundle.html">FHIR R4, Bundle</a>
 */
public final class Bundles {
    private static final JsonFactory JSON = new JsonFactory();

    private Bundles() {}

    public record Link(String relation, String url) {}

    /**
     * A resource of a searchset.
     *
     * @param place in the result, told as {@code Bundle.entry.id}; null: it is not told
     * @param fullUrl null: it is an outcome, and has none
     * @param mode {@code match}, {@code include} or {@code outcome}
     */
    public record Found(String place, String fullUrl, byte[] resource, String mode) {
        public Found(String fullUrl, byte[] resource, String mode) {
            this(null, fullUrl, resource, mode);
        }
    }

    /**
     * A version of a history; {@code resource} is null for a deletion.
     *
     * @param place in the history, told as {@code Bundle.entry.id}
     */
    public record Version(
            String place,
            String fullUrl,
            byte[] resource,
            String method,
            String url,
            String status,
            String etag,
            Instant at) {}

    public static byte[] searchset(OptionalLong total, List<Link> links, List<Found> entries) {
        return bundle("searchset", total, links, entries, (json, entry) -> {
            if (entry.place() != null) {
                json.writeStringField("id", entry.place());
            }
            if (entry.fullUrl() != null) {
                json.writeStringField("fullUrl", entry.fullUrl());
            }
            raw(json, "resource", entry.resource());
            json.writeObjectFieldStart("search");
            json.writeStringField("mode", entry.mode());
            json.writeEndObject();
        });
    }

    public static byte[] history(OptionalLong total, List<Link> links, List<Version> entries) {
        return bundle("history", total, links, entries, (json, entry) -> {
            json.writeStringField("id", entry.place());
            json.writeStringField("fullUrl", entry.fullUrl());
            if (entry.resource() != null) {
                raw(json, "resource", entry.resource());
            }
            json.writeObjectFieldStart("request");
            json.writeStringField("method", entry.method());
            json.writeStringField("url", entry.url());
            json.writeEndObject();
            json.writeObjectFieldStart("response");
            json.writeStringField("status", entry.status());
            json.writeStringField("etag", entry.etag());
            json.writeStringField("lastModified", Resource.instant(entry.at()));
            json.writeEndObject();
        });
    }

    /**
     * The answer to one entry of a batch or transaction.
     *
     * @param resource null: none
     * @param outcome null: none
     * @param owner the service to which the entry belongs, for the gateway; null: this one, or nobody's
     */
    public record Answered(
            String status,
            String location,
            String etag,
            Instant lastModified,
            byte[] resource,
            byte[] outcome,
            String owner) {}

    /** The answer to a batch or a transaction; its entries are in the order of those they answer. */
    public static byte[] response(Interaction interaction, List<Answered> entries) {
        return bundle(interaction.code() + "-response", OptionalLong.empty(), List.of(), entries, (json, entry) -> {
            if (entry.resource() != null) {
                raw(json, "resource", entry.resource());
            }
            json.writeObjectFieldStart("response");
            if (entry.owner() != null) {
                json.writeArrayFieldStart("extension");
                json.writeStartObject();
                json.writeStringField("url", "urn:carelog:owner");
                json.writeStringField("valueString", entry.owner());
                json.writeEndObject();
                json.writeEndArray();
            }
            json.writeStringField("status", entry.status());
            if (entry.location() != null) {
                json.writeStringField("location", entry.location());
            }
            if (entry.etag() != null) {
                json.writeStringField("etag", entry.etag());
            }
            if (entry.lastModified() != null) {
                json.writeStringField("lastModified", Resource.instant(entry.lastModified()));
            }
            if (entry.outcome() != null) {
                raw(json, "outcome", entry.outcome());
            }
            json.writeEndObject();
        });
    }

    private interface EntryWriter<T> {
        void write(JsonGenerator json, T entry) throws IOException;
    }

    private static <T> byte[] bundle(
            String type, OptionalLong total, List<Link> links, List<T> entries, EntryWriter<T> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("resourceType", "Bundle");
            json.writeStringField("type", type);
            if (total.isPresent()) {
                json.writeNumberField("total", total.getAsLong());
            }
            // FHIR forbids empty arrays
            if (!links.isEmpty()) {
                json.writeArrayFieldStart("link");
                for (Link link : links) {
                    json.writeStartObject();
                    json.writeStringField("relation", link.relation());
                    json.writeStringField("url", link.url());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            if (!entries.isEmpty()) {
                json.writeArrayFieldStart("entry");
                for (T entry : entries) {
                    json.writeStartObject();
                    writer.write(json, entry);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void raw(JsonGenerator json, String name, byte[] resource) throws IOException {
        json.writeFieldName(name);
        // what comes between a name and its value
        json.writeRawValue("");
        json.flush();
        ((OutputStream) json.getOutputTarget()).write(resource);
    }
}
