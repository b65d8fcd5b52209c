package org.carelog.fhir.search;

import java.util.List;
import java.util.Optional;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.LocalReference;

/**
 * Where is searched: one type, or several; all of them, or what is in a compartment.
 *
 * @param address relative to the base
 * @param compartment the resource that it is named after; empty: none
 * @see <a href="https://hl7.org/fhir/R4/http.html#search">FHIR R4, search</a>
 */
public record SearchScope(
        String address, List<String> types, boolean isOfOneType, Optional<LocalReference> compartment) {
    static final String TYPE = "_type";

    public SearchScope {
        types = List.copyOf(types);
    }

    public static SearchScope ofType(String type) {
        return new SearchScope(type, List.of(type), true, Optional.empty());
    }

    /** {@code Patient/1/Observation} */
    public static SearchScope ofType(String type, LocalReference compartment) {
        return new SearchScope(
                "%s/%s/%s".formatted(compartment.type(), compartment.id(), type),
                List.of(type),
                true,
                Optional.of(compartment));
    }

    /** All that may be searched; {@code _type} may choose. */
    public static SearchScope ofSystem(List<String> types) {
        return new SearchScope("", types, false, Optional.empty());
    }

    /** {@code Patient/1/*} */
    public static SearchScope ofSystem(List<String> types, LocalReference compartment) {
        return new SearchScope(
                "%s/%s/*".formatted(compartment.type(), compartment.id()), types, false, Optional.of(compartment));
    }

    /** @param chosen the value of {@code _type} */
    SearchScope only(String chosen) {
        List<String> names = List.of(chosen.split(",", -1));
        if (!types.containsAll(names)) {
            throw new FhirProblemException(new FhirProblem.InvalidSearchParameter(
                    TYPE, "takes these, by commas: " + String.join(", ", types)));
        }
        return new SearchScope(address, types.stream().filter(names::contains).toList(), false, compartment);
    }

    @Override
    public String toString() {
        return address;
    }
}
