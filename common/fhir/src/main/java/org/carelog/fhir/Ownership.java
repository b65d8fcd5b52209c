package org.carelog.fhir;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which service a resource of a type is written to.
 *
 * @param element null where it is always the same; else the element whose first reference to something of one of the
 *     services decides
 * @param services the only one; or those that it may be, first the one that has what refers to nothing of theirs
 */
public record Ownership(String element, List<String> services) {
    public Ownership {
        services = List.copyOf(services);
        if (services.isEmpty() || (element == null) != (services.size() == 1)) {
            throw new IllegalArgumentException("one owner, or element:owner,owner; not " + services);
        }
    }

    /** {@code service}, or {@code element:service,service}. */
    public static Ownership parse(String text) {
        int colon = text.indexOf(':');
        return new Ownership(
                colon < 0 ? null : text.substring(0, colon),
                List.of(text.substring(colon + 1).split(",")));
    }

    /** @param ownerOfType the owner of a type that is always the same; null for others */
    String of(Resource resource, String baseUrl, Function<String, String> ownerOfType) {
        if (element == null) {
            return services.getFirst();
        }
        return resource.references(element)
                .flatMap(reference -> LocalReference.of(reference, baseUrl).stream())
                .map(target -> ownerOfType.apply(target.type()))
                .filter(Objects::nonNull)
                .filter(services::contains)
                .findFirst()
                .orElse(services.getFirst());
    }
}
