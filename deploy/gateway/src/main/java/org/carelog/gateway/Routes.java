package org.carelog.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which service owns which type, and which of its replicas answer, as they said last. Thread-safe. */
final class Routes {

    private final List<Upstream> upstreams;
    private final Map<Upstream, Hosted> hosted = new ConcurrentHashMap<>();
    private final Set<Upstream.Replica> silent = ConcurrentHashMap.newKeySet();

    Routes(List<Upstream> upstreams) {
        this.upstreams = List.copyOf(upstreams);
    }

    void learn(Upstream upstream, Hosted types) {
        hosted.put(upstream, types);
    }

    void answered(Upstream.Replica replica) {
        silent.remove(replica);
    }

    void didNotAnswer(Upstream.Replica replica) {
        silent.add(replica);
    }

    /** The replicas that answered when they were asked last; all, if none did. */
    List<Upstream.Replica> answering(Upstream upstream) {
        List<Upstream.Replica> answering = upstream.replicas().stream()
                .filter(replica -> !silent.contains(replica))
                .toList();
        return answering.isEmpty() ? upstream.replicas() : answering;
    }

    Optional<Upstream> owner(String type) {
        return owners(type).stream().findFirst();
    }

    /** All that own resources of the type: first the one that keeps copies of what the others own. */
    List<Upstream> owners(String type) {
        return upstreams.stream()
                .filter(upstream -> owned(upstream).contains(type))
                .sorted(Comparator.comparing(upstream -> !copied(upstream).contains(type)))
                .toList();
    }

    /** Where everything about a resource of the type begins: of those that know it, at the one that owns the most types. */
    Optional<Upstream> beginning(String type) {
        return upstreams.stream()
                .filter(upstream ->
                        owned(upstream).contains(type) || copied(upstream).contains(type))
                .max(Comparator.comparing(upstream -> owned(upstream).size()));
    }

    Optional<Upstream> named(String service) {
        return upstreams.stream()
                .filter(upstream -> upstream.name().equals(service))
                .findFirst();
    }

    Set<String> owned(Upstream upstream) {
        return hosted.getOrDefault(upstream, Hosted.NOTHING).owned();
    }

    private Set<String> copied(Upstream upstream) {
        return hosted.getOrDefault(upstream, Hosted.NOTHING).copied();
    }

    /** Those that never said what they own. While there are some, a type without an owner may be theirs. */
    List<Upstream> unknown() {
        return upstreams.stream()
                .filter(upstream -> !hosted.containsKey(upstream))
                .toList();
    }
}
