package org.carelog.fhir.search;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Locale;
import java.util.Optional;

/**
 * The types of search parameters that are understood.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#ptypes">FHIR R4, search parameter types</a>
 */
public enum ParameterType {
    ID(new IdSemantics()),
    LAST_UPDATED(new LastUpdatedSemantics()),
    TOKEN(new TokenSemantics()),
    STRING(new StringSemantics()),
    DATE(new DateSemantics()),
    REFERENCE(new ReferenceSemantics()),
    URI(new UriSemantics()),
    NUMBER(new QuantitySemantics()),
    QUANTITY(new QuantitySemantics()),
    POSITION(new PositionSemantics()),
    COMPOSITE(new CompositeSemantics()),
    WORDS(new WordSemantics());

    private final Semantics semantics;

    ParameterType(Semantics semantics) {
        this.semantics = semantics;
    }

    Semantics semantics() {
        return semantics;
    }

    boolean isSortable() {
        return this != REFERENCE && this != URI && this != POSITION && this != COMPOSITE && this != WORDS;
    }

    /** Whether the head of every resource has it. */
    boolean isOfHead() {
        return this == ID || this == LAST_UPDATED;
    }

    /** Whether the index may have entries of it. */
    boolean isIndexed() {
        return !isOfHead() && this != WORDS;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether parameters of this kind can be declared. */
    public static boolean understands(RestSearchParameterTypeEnum type) {
        return of(type).isPresent();
    }

    static ParameterType of(String owner, String name, RestSearchParameterTypeEnum type) {
        return of(type).orElseThrow(() ->
                new IllegalArgumentException("%s.%s is of the search parameter type %s, which is not understood"
                        .formatted(owner, name, type.getCode())));
    }

    private static Optional<ParameterType> of(RestSearchParameterTypeEnum type) {
        return switch (type) {
            case TOKEN -> Optional.of(TOKEN);
            case STRING -> Optional.of(STRING);
            case DATE -> Optional.of(DATE);
            case REFERENCE -> Optional.of(REFERENCE);
            case URI -> Optional.of(URI);
            case NUMBER -> Optional.of(NUMBER);
            case QUANTITY -> Optional.of(QUANTITY);
            case COMPOSITE -> Optional.of(COMPOSITE);
            // the only one that R4 defines for a type of its own is Location's
            case SPECIAL -> Optional.of(POSITION);
            case HAS -> Optional.empty();
        };
    }
}
