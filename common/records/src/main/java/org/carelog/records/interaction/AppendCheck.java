package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.carelog.events.Change;
import org.carelog.records.index.IndexCheck;
import org.carelog.records.index.SearchIndex;
import org.carelog.records.store.Head;
import org.carelog.records.store.SoleVersions;
import org.carelog.records.store.StoredVersion;

/**
 * Whether resources are still what {@link Append} would make of them: head, history and what is searched. Takes part in the
 * caller's transaction and changes nothing. Thread-safe.
 */
@ApplicationScoped
public class AppendCheck {
    private final SoleVersions versions;
    private final IndexCheck index;

    public AppendCheck(SoleVersions versions, IndexCheck index) {
        this.versions = versions;
        this.index = index;
    }

    /** What is wrong with those that are not, by their ids: a sentence without any value. */
    public Map<String, String> different(String type, Collection<Append.Made> made) {
        Map<String, SoleVersions.Kept> kept =
                versions.of(type, made.stream().map(one -> one.resource().id()).toList());
        Map<String, String> different = new LinkedHashMap<>();
        Map<Long, String> ids = new HashMap<>();
        List<SearchIndex.Indexed> indexed = new ArrayList<>();
        for (Append.Made one : made) {
            String id = one.resource().id();
            SoleVersions.Kept found = kept.get(id);
            if (found == null) {
                different.put(id, "is missing");
            } else if (!isAsMade(found, one)) {
                different.put(id, "is not what was made of the entry");
            } else {
                ids.put(found.head().key(), id);
                indexed.add(new SearchIndex.Indexed(found.head().key(), one.resource()));
            }
        }
        Set<Long> elsewhere = indexed.isEmpty() ? Set.of() : index.different(indexed);
        elsewhere.forEach(key -> different.put(ids.get(key), "is not found by what it says"));
        return different;
    }

    /** Stamps the resource that was made with the time at which it was kept. */
    private static boolean isAsMade(SoleVersions.Kept found, Append.Made made) {
        Head head = found.head();
        StoredVersion version = found.version();
        return version != null
                && found.versions() == 1
                && head.version() == 1
                && !head.deleted()
                && !head.copy()
                && version.type().equals(made.resource().type())
                && version.change() == Change.CREATED
                && head.lastUpdated().equals(version.lastUpdated())
                && Objects.equals(head.patientId(), made.patientId())
                && Objects.equals(version.patientId(), made.patientId())
                && Arrays.equals(
                        version.content(), Stamp.encode(made.resource(), version.id(), 1, version.lastUpdated()));
    }

    /** How many there are of a type that were made from a time on. */
    public long count(String type, Instant from) {
        return versions.count(type, from);
    }
}
