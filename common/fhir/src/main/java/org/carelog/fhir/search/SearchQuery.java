package org.carelog.fhir.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A search that was understood in full.
 *
 * @param type the searched resource type
 * @param count the most matches on a page; 0 asks for the total only
 * @param understood the parameters as they were sent and understood, decoded, for the {@code self} link
 */
public record SearchQuery(String type, int count, List<Map.Entry<String, String>> understood) {
    /**
     * @param parameters decoded names (with modifiers and chains) and values, in the order sent; without {@code _format},
     *     {@code _pretty} and {@code _page}, which are the caller's
     * @param now what "about" ({@code ap}) dates are compared to
     * @throws org.carelog.fhir.FhirProblemException with UnknownSearchParameter or InvalidSearchParameter
     */
    public static SearchQuery parse(
            SearchableTypes types, String type, List<Map.Entry<String, String>> parameters, Instant now) {
        throw new UnsupportedOperationException();
    }
}
