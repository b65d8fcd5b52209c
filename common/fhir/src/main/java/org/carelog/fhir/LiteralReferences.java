package org.carelog.fhir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** All literal references of a resource to resources of this system, extensions and contained resources included. */
public final class LiteralReferences {
    private final String baseUrl;
    private final Map<LocalReference, String> places = new LinkedHashMap<>();

    private LiteralReferences(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /**
     * @param root begins the places, such as {@code Observation}
     * @return by what is referred to, the FHIRPath of the first reference to it
     */
    public static Map<LocalReference, String> in(Resource resource, String root, String baseUrl) {
        LiteralReferences references = new LiteralReferences(baseUrl);
        references.walk(resource, new StringBuilder(root));
        return references.places;
    }

    private void walk(Base element, StringBuilder place) {
        if (element instanceof Reference reference) {
            LocalReference.of(reference.getReference(), baseUrl)
                    .ifPresent(target -> places.putIfAbsent(target, place.toString()));
        }
        int end = place.length();
        for (Property child : element.children()) {
            List<Base> values = child.getValues();
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) != null) {
                    place.append('.').append(child.getName().replace("[x]", ""));
                    if (child.getMaxCardinality() > 1) {
                        place.append('[').append(i).append(']');
                    }
                    walk(values.get(i), place);
                    place.setLength(end);
                }
            }
        }
    }
}
