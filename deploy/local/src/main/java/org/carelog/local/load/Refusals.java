package org.carelog.local.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What was refused, grouped by the reason. Thread-safe; keeps the first few references of each group only. */
final class Refusals {

    private static final int EXAMPLES = 3;
    private static final int GROUPS = 100;
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private long count;

    synchronized void add(String what, String reason) {
        count++;
        // The same reason for another instance is the same group; without end there are no more than a hundred.
        String key = ID.matcher(reason).replaceAll("…");
        if (groups.size() >= GROUPS && !groups.containsKey(key)) {
            key = "other reasons";
        }
        groups.computeIfAbsent(key, _ -> new Group()).add(what);
    }

    synchronized long count() {
        return count;
    }

    /** One line a group, the largest first. */
    synchronized List<String> lines() {
        return groups.entrySet().stream()
                .sorted(Comparator.comparingLong(group -> -group.getValue().count))
                .map(group -> "refused %d: %s (%s%s)"
                        .formatted(
                                group.getValue().count,
                                group.getKey(),
                                String.join(", ", group.getValue().examples),
                                group.getValue().count > EXAMPLES ? ", …" : ""))
                .toList();
    }

    private static final class Group {
        private final List<String> examples = new ArrayList<>();
        private long count;

        void add(String what) {
            count++;
            if (examples.size() < EXAMPLES) {
                examples.add(what);
            }
        }
    }
}
