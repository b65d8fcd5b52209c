package org.carelog.fhir.search;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/** The query of a URL: parameters in their order, a name as often as it is given. */
public final class QueryString {
    private QueryString() {}

    /**
     * @param query undecoded, without the question mark; null or empty: no parameters
     * @throws FhirProblemException {@link FhirProblem.MalformedEscape}
     */
    public static List<Map.Entry<String, String>> parse(String query) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (query == null) {
            return parameters;
        }
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.add(Map.entry(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FhirProblemException(new FhirProblem.MalformedEscape());
        }
    }
}
