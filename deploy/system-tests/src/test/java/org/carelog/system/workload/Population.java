package org.carelog.system.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carelog.system.history.Reference;
import org.carelog.system.history.Version;

/** The resources that all writers share, as far as they know them. Thread-safe. */
final class Population {
    private final Map<Reference, Known> known = new ConcurrentHashMap<>();
    private final Map<String, List<Reference>> byType = Map.of(
            "Patient", new CopyOnWriteArrayList<>(),
            "Encounter", new CopyOnWriteArrayList<>());

    /** The last version that anybody was told, and what it was. */
    record Known(long version, boolean deleted) {}

    void learn(Version version, boolean deleted) {
        Known told = new Known(version.number(), deleted);
        known.merge(version.resource(), told, (before, news) -> news.version() > before.version() ? news : before);
        // nobody else knows of it before whoever created it
        if (version.number() == 1) {
            byType.get(version.resource().type()).add(version.resource());
        }
    }

    int size(String type) {
        return byType.get(type).size();
    }

    Optional<Reference> any(String type, Random random) {
        List<Reference> all = byType.get(type);
        int size = all.size();
        return size == 0 ? Optional.empty() : Optional.of(all.get(random.nextInt(size)));
    }

    Known known(Reference resource) {
        return known.getOrDefault(resource, new Known(0, true));
    }
}
