package org.carelog.fhir.patch;

import java.util.List;
import java.util.Set;

/**
 * Which primitive types stand for one another in a patch. A Parameters resource can say every type, but clients often say
 * the more general one; the value itself is judged by the element's own type.
 */
final class PrimitiveKinds {
    private static final List<Set<String>> ALIKE = List.of(
            Set.of("string", "code", "id", "markdown", "xhtml"),
            Set.of("uri", "url", "canonical", "oid", "uuid"),
            Set.of("date", "dateTime", "instant"),
            Set.of("integer", "positiveInt", "unsignedInt"));

    private PrimitiveKinds() {}

    static boolean areAlike(String a, String b) {
        return a.equals(b) || ALIKE.stream().anyMatch(kind -> kind.contains(a) && kind.contains(b));
    }
}
