package org.carelog.encounter.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which resources lead where by one reference, both ways, by {@code Type/id}.
 *
 * @param targets also those that are not there
 */
record Links(Map<String, List<String>> targets, Map<String, List<Resource>> referrers) {
    static Links of(List<Resource> resources, Function<Resource, Stream<String>> targets) {
        Links links = new Links(new HashMap<>(), new HashMap<>());
        for (Resource resource : resources) {
            List<String> found = targets.apply(resource).distinct().toList();
            links.targets.put(Population.nameOf(resource), found);
            found.forEach(target -> links.referrers
                    .computeIfAbsent(target, _ -> new ArrayList<>())
                    .add(resource));
        }
        return links;
    }

    Stream<String> from(Resource resource) {
        return targets.get(Population.nameOf(resource)).stream();
    }

    Stream<Resource> to(String target) {
        return referrers.getOrDefault(target, List.of()).stream();
    }
}
