package org.carelog.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What readers of a published JSON Schema would not bear of a change of it. Optional properties may be added, and texts for
 * people may be changed; everything else is another version, beside this one. Pure.
 */
final class SchemaChange {
    private static final Set<String> FOR_PEOPLE = Set.of("title", "description", "$comment", "examples");

    private SchemaChange() {}

    /** Where the schema is no longer what was published; empty: whoever reads by the old one can go on. */
    static List<String> breaks(JsonNode published, JsonNode now) {
        List<String> breaks = new ArrayList<>();
        compare("", published, now, breaks);
        return breaks;
    }

    private static void compare(String place, JsonNode published, JsonNode now, List<String> breaks) {
        if (!published.isObject() || !now.isObject()) {
            if (!published.equals(now)) {
                breaks.add(place + " is changed");
            }
            return;
        }
        for (Map.Entry<String, JsonNode> was : published.properties()) {
            String key = was.getKey();
            JsonNode is = now.path(key);
            if (FOR_PEOPLE.contains(key)) {
                continue;
            }
            if (is.isMissingNode()) {
                breaks.add(place + "/" + key + " is gone");
            } else if (key.equals("properties")) {
                properties(place + "/" + key, was.getValue(), is, breaks);
            } else {
                compare(place + "/" + key, was.getValue(), is, breaks);
            }
        }
        for (Map.Entry<String, JsonNode> is : now.properties()) {
            if (!FOR_PEOPLE.contains(is.getKey()) && !published.has(is.getKey())) {
                breaks.add(place + "/" + is.getKey() + " is new");
            }
        }
    }

    /** What is named may be called as a text for people is; more may come. */
    private static void properties(String place, JsonNode published, JsonNode now, List<String> breaks) {
        for (Map.Entry<String, JsonNode> was : published.properties()) {
            if (now.has(was.getKey())) {
                compare(place + "/" + was.getKey(), was.getValue(), now.get(was.getKey()), breaks);
            } else {
                breaks.add(place + "/" + was.getKey() + " is gone");
            }
        }
    }
}
