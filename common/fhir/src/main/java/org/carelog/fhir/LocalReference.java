package org.carelog.fhir;

import java.util.Optional;

/**
 * A literal reference to a resource of this system: {@code Type/id}, also with a version, also absolute to our base.
 *
 * @see <a href="https://hl7.org/fhir/R4/references.html#literal">FHIR R4, literal references</a>
 */
public record LocalReference(String type, String id) {
    private static final String HISTORY = "/_history/";
    private static final int LONGEST_TYPE = 64;

    /** Empty for contained, logical, conditional and foreign references. */
    public static Optional<LocalReference> of(String reference, String baseUrl) {
        if (reference == null) {
            return Optional.empty();
        }
        boolean isAbsolute = reference.startsWith(baseUrl) && reference.startsWith("/", baseUrl.length());
        String relative = isAbsolute ? reference.substring(baseUrl.length() + 1) : reference;
        return parse(withoutVersion(relative), 0);
    }

    /** What a reference to a resource says at its end, wherever that is. */
    public static Optional<LocalReference> atEnd(String reference) {
        String literal = withoutVersion(reference);
        return parse(literal, literal.lastIndexOf('/', literal.lastIndexOf('/') - 1) + 1);
    }

    private static String withoutVersion(String reference) {
        int history = reference.lastIndexOf(HISTORY);
        return history >= 0 && ResourceId.isValid(reference.substring(history + HISTORY.length()))
                ? reference.substring(0, history)
                : reference;
    }

    private static Optional<LocalReference> parse(String literal, int begin) {
        int slash = literal.indexOf('/', begin);
        if (slash < 0 || !isType(literal, begin, slash)) {
            return Optional.empty();
        }
        String id = literal.substring(slash + 1);
        return ResourceId.isValid(id)
                ? Optional.of(new LocalReference(literal.substring(begin, slash), id))
                : Optional.empty();
    }

    /** Whether it may be the name of a resource type. By hand, as ids are: each write has dozens of references. */
    private static boolean isType(String text, int begin, int end) {
        if (end - begin < 2 || end - begin > LONGEST_TYPE) {
            return false;
        }
        for (int i = begin + 1; i < end; i++) {
            if (!ResourceId.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return text.charAt(begin) <= 'Z' && ResourceId.isLetter(text.charAt(begin));
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
