package org.carelog.fhir;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A value of a resource in JSON that may name another resource: a reference, a URI, or a narrative with links in it.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#trules">FHIR R4, transaction processing rules</a>
 */
public final class JsonLink {
    private final Consumer<String> value;
    private final String field;
    private final String text;
    private final String place;

    /** @param value puts another one in its place */
    JsonLink(Consumer<String> value, String field, String text, String place) {
        this.value = value;
        this.field = field;
        this.text = text;
        this.place = place;
    }

    /** The value as the client sent it, whatever it was pointed to since. */
    public String text() {
        return text;
    }

    /** Where it is, as a FHIRPath. */
    public String place() {
        return place;
    }

    /** Whether it is a {@code Reference.reference}. */
    public boolean isReference() {
        return field.equals("reference");
    }

    /** A narrative: what is named stands somewhere in it. */
    public boolean isNarrative() {
        return field.equals("div");
    }

    /** Puts another value in place of what the client sent. */
    public void set(UnaryOperator<String> change) {
        value.accept(change.apply(text));
    }
}
