package org.carelog.fhir;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A literal reference to a resource of this system: {@code Type/id}, also with a version, also absolute to our base.
 *
 * @see <a href="https://hl7.org/fhir/R4/references.html#literal">FHIR R4, literal references</a>
 */
public record LocalReference(String type, String id) {
    private static final Pattern RELATIVE =
            Pattern.compile("([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\\-.]{1,64})(?:/_history/[A-Za-z0-9\\-.]{1,64})?");

    /** Empty for contained, logical, conditional and foreign references. */
    public static Optional<LocalReference> of(String reference, String baseUrl) {
        if (reference == null) {
            return Optional.empty();
        }
        String relative = reference.startsWith(baseUrl + "/") ? reference.substring(baseUrl.length() + 1) : reference;
        Matcher matcher = RELATIVE.matcher(relative);
        return matcher.matches()
                ? Optional.of(new LocalReference(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
