package org.carelog.encounter.oracle;

import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.PrimitiveType;

/** @see <a href="https://hl7.org/fhir/R4/search.html#uri">FHIR R4, uri</a> */
final class Uris {
    private Uris() {}

    static boolean matches(Base element, String modifier, String asked) {
        String uri = ((PrimitiveType<?>) element).getValueAsString();
        return switch (modifier) {
            case "below" -> isAtOrBelow(uri, asked);
            case "above" -> isAtOrBelow(asked, uri);
            default -> uri.equals(asked) || (element instanceof CanonicalType && uri.startsWith(asked + "|"));
        };
    }

    /** By the segments of its path. */
    private static boolean isAtOrBelow(String uri, String above) {
        String begin = above.endsWith("/") ? above.substring(0, above.length() - 1) : above;
        return uri.equals(begin) || (uri.startsWith(begin) && "/?#|".indexOf(uri.charAt(begin.length())) >= 0);
    }
}
