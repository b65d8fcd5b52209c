package org.carelog.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A resource as its JSON: what a client sent and {@link JsonShape} has found right, or what is stored. Whatever is not
 * changed here stays as it was written. Not thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/resource.html">FHIR R4, Resource</a>
 */
public final class Resource {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    private static final Set<String> ASSIGNED = Set.of("resourceType", "id", "meta");
    private static final Set<String> ASSIGNED_IN_META = Set.of("versionId", "lastUpdated");

    /** 1.50 is not 1.5. */
    private static final Comparator<JsonNode> SAME_VALUE =
            (a, b) -> a.equals(b) && (!a.isBigDecimal() || a.decimalValue().equals(b.decimalValue())) ? 0 : 1;

    private final ObjectNode json;

    Resource(ObjectNode json) {
        this.json = json;
    }

    /** A resource of which nothing is known but its type. */
    public static Resource empty(String type) {
        return new Resource(JsonNodeFactory.instance.objectNode().put("resourceType", type));
    }

    /** A point in time as {@code instant} in JSON: in milliseconds. */
    public static String instant(Instant time) {
        return INSTANT.format(time);
    }

    public String type() {
        return json.path("resourceType").asText("");
    }

    /** The logical id; null: it has none. */
    public String id() {
        return json.path("id").asText(null);
    }

    /** The element of this name in JSON; a missing node where there is none. */
    public JsonNode get(String element) {
        return json.path(element);
    }

    /** The tree itself. */
    public ObjectNode json() {
        return json;
    }

    public Resource copy() {
        return new Resource(json.deepCopy());
    }

    /** Adds a reference to an element that repeats. */
    public void addReference(String element, String reference) {
        json.withArrayProperty(element).addObject().put("reference", reference);
    }

    /** The references at a path, such as {@code participant.actor}, that say where they lead. */
    Stream<String> references(String path) {
        Stream<JsonNode> reached = Stream.of(json);
        for (String name : path.split("\\.")) {
            reached = reached.flatMap(node -> items(node.path(name)));
        }
        return reached.map(reference -> reference.path("reference").asText(null))
                .filter(literal -> literal != null);
    }

    private static Stream<JsonNode> items(JsonNode node) {
        return node instanceof ArrayNode array ? StreamSupport.stream(array.spliterator(), false) : Stream.of(node);
    }

    /** Sets what the server assigns, at the beginning. Whatever else is in {@code meta} stays. */
    public void identify(String id, long version, Instant lastUpdated) {
        String type = type();
        ObjectNode meta = rest(json.path("meta"), ASSIGNED_IN_META);
        ObjectNode content = rest(json, ASSIGNED);
        json.removeAll();
        json.put("resourceType", type).put("id", id);
        json.putObject("meta")
                .put("versionId", Long.toString(version))
                .put("lastUpdated", instant(lastUpdated))
                .setAll(meta);
        json.setAll(content);
    }

    /** Whether both say the same, but for what the server assigns. The order of names is of no matter. */
    public boolean says(Resource other) {
        return content().equals(SAME_VALUE, other.content());
    }

    private ObjectNode content() {
        ObjectNode content = rest(json, ASSIGNED);
        ObjectNode meta = rest(json.path("meta"), ASSIGNED_IN_META);
        return meta.isEmpty() ? content : content.set("meta", meta);
    }

    private static ObjectNode rest(JsonNode object, Set<String> without) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> {
            if (!without.contains(field.getKey())) {
                rest.set(field.getKey(), field.getValue());
            }
        });
        return rest;
    }

    /** In UTF-8. */
    public byte[] bytes() {
        return JsonSyntax.write(json);
    }

    /** Without content: no value of a record gets into a log. */
    @Override
    public String toString() {
        return type() + "/" + id();
    }
}
