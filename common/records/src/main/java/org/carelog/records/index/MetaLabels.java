package org.carelog.records.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.carelog.fhir.Resource;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/**
 * Which profiles, security labels and tags resources of a type have had. In the caller's transaction; a label that is known
 * already, as most are, costs nothing. Two writers may add the same label: neither waits for the other. Thread-safe.
 */
@Singleton
public class MetaLabels {
    /** More than any deployment has in use; beyond, the database is asked again. */
    private static final int REMEMBERED = 10_000;

    /** Labels that are longer would fill the memory: the database is asked each time. */
    private static final int LONGEST_REMEMBERED = 500;

    private final Sql sql;
    /** Those that are committed. */
    private final Set<Label> known = ConcurrentHashMap.newKeySet();

    MetaLabels(Sql sql) {
        this.sql = sql;
    }

    private record Label(String type, String element, String system, String code, String display) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Label label
                    && label.type.equals(type)
                    && label.element.equals(element)
                    && label.system.equals(system)
                    && label.code.equals(code);
        }

        @Override
        public int hashCode() {
            return Objects.hash(type, element, system, code);
        }

        boolean isStorable() {
            CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
            String text = system + code + display;
            return text.indexOf(0) < 0 && utf8.canEncode(text);
        }

        boolean isShort() {
            return system.length() + code.length() + (display == null ? 0 : display.length()) <= LONGEST_REMEMBERED;
        }
    }

    void put(Resource resource) {
        List<Label> unknown = labels(resource).stream()
                .filter(label -> !known.contains(label))
                .filter(Label::isStorable)
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        List<Label> added = sql.list(
                """
                insert into meta_label (resource_type, element, system, code, display)
                select ?, l.element, l.system, l.code, l.display
                from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as l (element, system, code, display)
                where not exists (
                    select from meta_label m
                    where m.resource_type = ?
                        and m.label_key = md5(l.element || '|' || length(l.system) || '|' || l.system || '|' || l.code))
                returning element, system, code
                """,
                row -> new Label(resource.type(), row.getString(1), row.getString(2), row.getString(3), null),
                resource.type(),
                Columns.strings(unknown, Label::element),
                Columns.strings(unknown, Label::system),
                Columns.strings(unknown, Label::code),
                Columns.strings(unknown, Label::display),
                resource.type());
        // what was added now is known when this transaction has committed, and the next one finds it
        unknown.stream()
                .filter(label -> !added.contains(label) && label.isShort() && known.size() < REMEMBERED)
                .forEach(known::add);
    }

    private static Set<Label> labels(Resource resource) {
        Set<Label> labels = new LinkedHashSet<>();
        JsonNode meta = resource.get("meta");
        for (JsonNode profile : meta.path("profile")) {
            if (profile.isTextual()) {
                labels.add(new Label(resource.type(), "profile", "", profile.textValue(), null));
            }
        }
        for (String element : List.of("security", "tag")) {
            meta.path(element).forEach(coding -> labels.add(label(resource, element, coding)));
        }
        return labels;
    }

    private static Label label(Resource resource, String element, JsonNode coding) {
        return new Label(
                resource.type(),
                element,
                coding.path("system").asText(""),
                coding.path("code").asText(""),
                coding.path("display").asText(null));
    }

    /** The labels of these types, each once, as {@code Meta}. */
    public ObjectNode of(Collection<String> types) {
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        sql.list(
                        """
                        select distinct on (element, system, code) element, system, code, display
                        from meta_label
                        where resource_type = any (?)
                        order by element, system, code, resource_type
                        """,
                        row -> new Label("", row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                        (Object) types.toArray(String[]::new))
                .forEach(label -> add(meta, label));
        return meta;
    }

    private static void add(ObjectNode meta, Label label) {
        ArrayNode labels = meta.withArrayProperty(label.element());
        if (label.element().equals("profile")) {
            labels.add(label.code());
            return;
        }
        ObjectNode coding = labels.addObject();
        if (!label.system().isEmpty()) {
            coding.put("system", label.system());
        }
        if (!label.code().isEmpty()) {
            coding.put("code", label.code());
        }
        if (label.display() != null) {
            coding.put("display", label.display());
        }
    }
}
