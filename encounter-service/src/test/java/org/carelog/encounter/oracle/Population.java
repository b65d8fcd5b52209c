package org.carelog.encounter.oracle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** The current versions of all resources that there are, by {@code Type/id}. */
final class Population {
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    Population(Collection<Resource> all) {
        all.forEach(resource -> resources.put(nameOf(resource), resource));
    }

    static String nameOf(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    List<Resource> all(String type) {
        return resources.values().stream()
                .filter(resource -> resource.fhirType().equals(type))
                .toList();
    }

    Optional<Resource> find(String name) {
        return Optional.ofNullable(resources.get(name));
    }
}
