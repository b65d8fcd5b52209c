package org.carelog.system.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Everything that a service has of one type.
 *
 * @param leftOver what should have been done long ago: pending publications and states
 */
public record Store(
        String service, String type, List<StoredVersion> versions, List<Head> heads, List<String> leftOver) {

    public Map<Version, StoredVersion> byVersion() {
        Map<Version, StoredVersion> all = new HashMap<>();
        versions.forEach(stored -> all.put(stored.version(), stored));
        return all;
    }

    /** The versions of each resource in their order. */
    public Map<Reference, NavigableMap<Long, StoredVersion>> byResource() {
        Map<Reference, NavigableMap<Long, StoredVersion>> all = new HashMap<>();
        versions.forEach(stored -> all.computeIfAbsent(stored.version().resource(), r -> new TreeMap<>())
                .put(stored.version().number(), stored));
        return all;
    }

    public Map<Reference, Head> headsByResource() {
        Map<Reference, Head> all = new HashMap<>();
        heads.forEach(head -> all.put(head.version().resource(), head));
        return all;
    }
}
