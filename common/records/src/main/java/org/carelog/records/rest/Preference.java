package org.carelog.records.rest;

import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * What a client wants to hear of a write.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#ops">FHIR R4, Prefer: return</a>
 */
enum Preference {
    MINIMAL("minimal"),
    REPRESENTATION("representation"),
    OUTCOME("OperationOutcome");

    private static final String RETURN = "return=";

    private final String word;

    Preference(String word) {
        this.word = word;
    }

    /** Preferences other than {@code return} may be ignored (RFC 7240, 2); a value that FHIR does not know may not. */
    static Preference of(FhirRequest request) {
        for (String preference : request.header("Prefer").orElse("").split("[,;]")) {
            if (preference.strip().startsWith(RETURN)) {
                return ofWord(preference.strip().substring(RETURN.length()).replace("\"", ""));
            }
        }
        return REPRESENTATION;
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
