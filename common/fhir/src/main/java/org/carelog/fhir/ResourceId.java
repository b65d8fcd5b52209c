package org.carelog.fhir;

import java.util.UUID;
import java.util.regex.Pattern;

/** The rules of logical ids. See <a href="https://hl7.org/fhir/R4/datatypes.html#id">FHIR R4, id</a>. */
public final class ResourceId {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private ResourceId() {}

    /** An id that the server assigns: a random UUID in lower case. */
    public static String assign() {
        return UUID.randomUUID().toString();
    }

    public static boolean isValid(String id) {
        return FORM.matcher(id).matches();
    }

    /** Gives the id back, or refuses it with {@link FhirProblem.InvalidId}. */
    public static String require(String id) {
        if (!isValid(id)) {
            throw new FhirProblemException(new FhirProblem.InvalidId());
        }
        return id;
    }
}
