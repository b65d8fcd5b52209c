package org.carelog.fhir.search;

import org.carelog.fhir.LocalReference;

/** What a reference says by itself of the type it points to. */
final class ReferenceTarget {
    private ReferenceTarget() {}

    /** The type in the literal reference, else the reference's own {@code type}; null when neither tells. */
    static String typeOf(Element reference) {
        String literal = reference.text("reference");
        String said = reference.text("type");
        return literal == null
                ? said
                : LocalReference.atEnd(literal).map(LocalReference::type).orElse(said);
    }
}
