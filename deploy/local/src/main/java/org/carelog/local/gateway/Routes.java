package org.carelog.local.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which service owns which type, as the services said last. Thread-safe. */
final class Routes {

    private final List<Upstream> upstreams;
    private final Map<Upstream, Set<String>> owned = new ConcurrentHashMap<>();

    Routes(List<Upstream> upstreams) {
        this.upstreams = List.copyOf(upstreams);
    }

    void learn(Upstream upstream, Set<String> types) {
        owned.put(upstream, Set.copyOf(types));
    }

    Optional<Upstream> owner(String type) {
        return upstreams.stream()
                .filter(upstream -> owned(upstream).contains(type))
                .findFirst();
    }

    Set<String> owned(Upstream upstream) {
        return owned.getOrDefault(upstream, Set.of());
    }

    /** Those that never said what they own. While there are some, a type without an owner may be theirs. */
    List<Upstream> unknown() {
        return upstreams.stream()
                .filter(upstream -> !owned.containsKey(upstream))
                .toList();
    }
}
