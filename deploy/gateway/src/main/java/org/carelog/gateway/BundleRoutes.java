package org.carelog.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.carelog.gateway.BundleSlices.Slice;

/**
 * Which service gets which entries of a Bundle. A batch is split by owner; a transaction is one owner's or nobody's: it
 * goes whole to the owner of its first entry, which refuses it, and records so, when others have a part in it.
 */
final class BundleRoutes {

    /** @param indexes of its entries in the Bundle that the client sent */
    record Part(Upstream upstream, List<Integer> indexes) {}

    private BundleRoutes() {}

    /** @param owner of a type; the service that answers what belongs to nobody, where it belongs to nobody */
    static List<Part> of(BundleSlices bundle, Function<String, Upstream> owner) {
        Map<Upstream, List<Integer>> indexes = new LinkedHashMap<>();
        Upstream first = null;
        for (int i = 0; i < bundle.entries().size(); i++) {
            Slice entry = bundle.entries().get(i);
            Upstream wanted = owner.apply(entry.resourceType());
            first = first == null ? wanted : first;
            Upstream upstream = bundle.type().equals("batch") ? wanted : first;
            indexes.computeIfAbsent(upstream, _ -> new ArrayList<>()).add(i);
        }
        if (indexes.isEmpty()) {
            indexes.put(owner.apply(""), List.of());
        }
        return indexes.entrySet().stream()
                .map(part -> new Part(part.getKey(), List.copyOf(part.getValue())))
                .toList();
    }
}
