package org.carelog.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.carelog.gateway.BundleSlices.Slice;

/**
 * Which service gets which entries of a Bundle. A batch is split by owner; a transaction is one owner's or nobody's: it
 * goes whole to the owner of what it writes, which refuses it, and records so, when others have a part in it.
 */
final class BundleRoutes {

    /** @param indexes of its entries in the Bundle that the client sent */
    record Part(Upstream upstream, List<Integer> indexes) {}

    private final Function<Destination, Upstream> service;
    private final Predicate<String> isShared;

    /**
     * @param service that answers what goes there; some, where it belongs to nobody
     * @param isShared whether others own resources of the type too
     */
    BundleRoutes(Function<Destination, Upstream> service, Predicate<String> isShared) {
        this.service = service;
        this.isShared = isShared;
    }

    List<Part> of(BundleSlices bundle) {
        List<Slice> entries = bundle.entries();
        if (entries.isEmpty()) {
            return List.of(new Part(service.apply(new Destination.Base()), List.of()));
        }
        if (!bundle.type().equals("batch")) {
            List<Integer> all = IntStream.range(0, entries.size()).boxed().toList();
            return List.of(new Part(service.apply(decisive(entries).destination()), all));
        }
        Map<Upstream, List<Integer>> indexes = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            indexes.computeIfAbsent(service.apply(entries.get(i).destination()), _ -> new ArrayList<>())
                    .add(i);
        }
        return indexes.entrySet().stream()
                .map(part -> new Part(part.getKey(), List.copyOf(part.getValue())))
                .toList();
    }

    /** Whose owner a transaction goes to: what is written, first what nobody else may own, before what is read. */
    private Slice decisive(List<Slice> entries) {
        return Collections.min(
                entries,
                Comparator.comparing((Slice entry) -> !entry.isWrite())
                        .thenComparing(entry -> isShared.test(entry.resourceType())));
    }
}
