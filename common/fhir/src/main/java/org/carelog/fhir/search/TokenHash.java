package org.carelog.fhir.search;

import java.util.List;
import java.util.Locale;

/**
 * The hashes under which tokens, references and the presence of a parameter are found. Codes and identifiers are compared
 * without regard to case, which is what R4 asks for in doubt; systems and ids are compared as they are.
 */
final class TokenHash {
    private TokenHash() {}

    /** The resource has a value for the parameter. */
    static long present(SearchParameter parameter) {
        return hash(parameter, "present", "");
    }

    /** The code, of whatever system. */
    static long code(SearchParameter parameter, String code) {
        return hash(parameter, "code", fold(code));
    }

    /** The code of the system; an empty system means that the value has none. */
    static long coding(SearchParameter parameter, String system, String code) {
        return ValueHash.of(parameter.owner(), parameter.name(), "coding", system, fold(code));
    }

    /** Any code of the system. */
    static long system(SearchParameter parameter, String system) {
        return hash(parameter, "system", system);
    }

    /** A reference to a resource of this system. */
    static long local(SearchParameter parameter, String type, String id) {
        String name = parameter.canTarget(type) ? parameter.indexedAs() : parameter.name();
        return ValueHash.of(parameter.owner(), name, "local", type, id);
    }

    /** A reference to a resource of this system with this id, of whatever type. */
    static long localId(SearchParameter parameter, String id) {
        return hash(parameter, "id", id);
    }

    /** A reference to a resource elsewhere. */
    static long url(SearchParameter parameter, String url) {
        return hash(parameter, "url", url);
    }

    /** The identifier of a system and value that is of this type. */
    static long ofType(SearchParameter parameter, String system, String code, String value) {
        return ValueHash.of(parameter.owner(), parameter.name(), "of-type", system, fold(code), fold(value));
    }

    /** The normalised text of a code or reference. */
    static long text(SearchParameter parameter, String normalised) {
        return hash(parameter, "text", normalised);
    }

    /** What is hashed before the normalised text. */
    static byte[] beforeText(SearchParameter parameter) {
        return ValueHash.bytes(parameter.owner(), parameter.name(), "text");
    }

    /** A URI as it is. */
    static long uri(SearchParameter parameter, String uri) {
        return hash(parameter, "uri", uri);
    }

    /** A URL whose path begins with this one's segments, and goes on. */
    static long below(SearchParameter parameter, String url) {
        return hash(parameter, "below", url);
    }

    /** Both stand in the same occurrence of a composite. */
    static long pair(SearchParameter composite, long first, long second) {
        return hash(composite, "pair", first + " " + second);
    }

    /** The hashes of a reference's {@code identifier} are those of a token parameter with this name. */
    static SearchParameter identifierOf(SearchParameter reference) {
        return new SearchParameter(
                reference.owner(), reference.name() + ":identifier", ParameterType.REFERENCE, List.of(), null);
    }

    static String fold(String code) {
        return code.toLowerCase(Locale.ROOT);
    }

    private static long hash(SearchParameter parameter, String form, String value) {
        return ValueHash.of(parameter.owner(), parameter.name(), form, value);
    }
}
