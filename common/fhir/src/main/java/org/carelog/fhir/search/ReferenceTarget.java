package org.carelog.fhir.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reference says by itself of the type it points to. */
final class ReferenceTarget {
    private static final Pattern LITERAL =
            Pattern.compile("(?:.*/)?([A-Z][A-Za-z]{1,63})/[A-Za-z0-9\\-.]{1,64}(?:/_history/[A-Za-z0-9\\-.]{1,64})?");

    private ReferenceTarget() {}

    /** The type in the literal reference, else the reference's own {@code type}; null when neither tells. */
    static String typeOf(Element reference) {
        String literal = reference.text("reference");
        if (literal != null) {
            Matcher matcher = LITERAL.matcher(literal);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return reference.text("type");
    }
}
