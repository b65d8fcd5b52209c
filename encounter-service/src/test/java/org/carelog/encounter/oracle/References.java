package org.carelog.encounter.oracle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;

/** @see <a href="https://hl7.org/fhir/R4/search.html#reference">FHIR R4, reference</a> */
final class References {
    /** Of the system, as it is configured for tests. */
    static final String BASE = "http://localhost:8080/fhir/";

    private static final Pattern HERE =
            Pattern.compile("(?:" + BASE + ")?(?<name>(?<type>[A-Z][A-Za-z]+)/(?<id>[A-Za-z0-9.-]+))(?:/_history/.+)?");

    private References() {}

    static boolean matches(Parameter parameter, Base element, String modifier, Operand asked) {
        return switch (modifier) {
            case "identifier" ->
                element instanceof Reference reference
                        && reference.hasIdentifier()
                        && Tokens.matches(reference.getIdentifier(), "", asked);
            case "text" ->
                element instanceof Reference reference
                        && reference.hasDisplay()
                        && Strings.startsWith(reference.getDisplay(), asked.first());
            default -> leads(parameter, element, modifier, asked.first());
        };
    }

    /** @param type empty: any that the parameter may lead to */
    private static boolean leads(Parameter parameter, Base element, String type, String asked) {
        Optional<String> target = target(element);
        Matcher literal = HERE.matcher(asked);
        if (literal.matches()) {
            return target.filter(literal.group("name")::equals).isPresent();
        }
        if (asked.contains(":")) {
            return url(element).filter(url -> isCalled(url, asked, element)).isPresent();
        }
        return target.map(HERE::matcher)
                .filter(Matcher::matches)
                .filter(found -> found.group("id").equals(asked))
                .map(found -> found.group("type"))
                .filter(found -> type.isEmpty() ? parameter.canTarget(found) : type.equals(found))
                .isPresent();
    }

    /** Of a canonical URL the version may be left out. */
    private static boolean isCalled(String url, String asked, Base element) {
        return url.equals(asked) || (element instanceof CanonicalType && url.startsWith(asked + "|"));
    }

    /** {@code Type/id} of what it refers to, if that is of this system. */
    static Optional<String> target(Base element) {
        return url(element).map(HERE::matcher).filter(Matcher::matches).map(found -> found.group("name"));
    }

    static Optional<String> url(Base element) {
        return switch (element) {
            case Reference reference ->
                Optional.ofNullable(reference.getReferenceElement().getValue());
            case PrimitiveType<?> uri -> Optional.ofNullable(uri.getValueAsString());
            default -> Optional.empty();
        };
    }
}
