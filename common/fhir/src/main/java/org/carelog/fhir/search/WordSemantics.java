package org.carelog.fhir.search;

import java.util.List;

/**
 * {@code _text} and {@code _content}: words of the narrative, or of all that the resource says. They are looked for in the resources
 * themselves; the index has none.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#content">FHIR R4, _text and _content</a>
 */
final class WordSemantics implements Semantics {
    static final String NARRATIVE = "_text";
    static final String CONTENT = "_content";

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        boolean narrative = parameter.name().equals(NARRATIVE);
        return Filter.anyOf(alternatives.stream()
                .map(value -> WordExpression.parse(
                        withoutControls(Escapes.unescape(value)), words -> new Filter.Words(narrative, words)))
                .toList());
    }

    /** A text of the database cannot hold NUL, and what U+0001 separates there does not stand together. */
    private static String withoutControls(String value) {
        return Text.storable(value.replace('\0', ' ').replace('\u0001', ' '));
    }

    @Override
    public boolean mayBeMissing() {
        return false;
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        throw new IllegalStateException("the index has no words");
    }
}
