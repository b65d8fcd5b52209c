package org.carelog.records.rest;

import java.util.Optional;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * What a client wants to hear of a write, and how strict it would have a search.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#ops">FHIR R4, Prefer: return</a>
 */
enum Preference {
    MINIMAL("minimal"),
    REPRESENTATION("representation"),
    OUTCOME("OperationOutcome");

    private static final String RETURN = "return=";
    private static final String HANDLING = "handling=";

    private final String word;

    Preference(String word) {
        this.word = word;
    }

    /** Preferences other than {@code return} may be ignored (RFC 7240, 2); a value that FHIR does not know may not. */
    static Preference of(FhirRequest request) {
        return word(request, RETURN).map(Preference::ofWord).orElse(REPRESENTATION);
    }

    /**
     * Whether parameters of a search that are not known are to be ignored.
     *
     * @see <a href="https://hl7.org/fhir/R4/search.html#errors">FHIR R4, handling errors</a>
     */
    static boolean isLenient(FhirRequest request) {
        return switch (word(request, HANDLING).orElse("strict")) {
            case "strict" -> false;
            case "lenient" -> true;
            default ->
                throw new FhirProblemException(
                        new FhirProblem.InvalidHeader("Prefer", "handling is strict or lenient"));
        };
    }

    /** Whether each match of a search is to tell, as the id of its entry, where the result goes on behind it. */
    static boolean wantsPlaces(FhirRequest request) {
        return word(request, "places").isPresent();
    }

    private static Optional<String> word(FhirRequest request, String name) {
        return Stream.of(request.header("Prefer").orElse("").split("[,;]"))
                .map(String::strip)
                .filter(preference -> preference.startsWith(name))
                .map(preference -> preference.substring(name.length()).replace("\"", ""))
                .findFirst();
    }

    private static Preference ofWord(String word) {
        for (Preference preference : values()) {
            if (preference.word.equals(word)) {
                return preference;
            }
        }
        throw new FhirProblemException(
                new FhirProblem.InvalidHeader("Prefer", "return is minimal, representation or OperationOutcome"));
    }
}
