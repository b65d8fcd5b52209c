package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.carelog.access.Visibility;
import org.carelog.events.ServiceClock;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.records.index.LastInGroup;
import org.carelog.records.index.Match;

/**
 * The last few Observations of each code, of those that a search for a patient's matches.
 *
 * @see <a href="https://hl7.org/fhir/R4/observation-operation-lastn.html">FHIR R4, $lastn</a>
 */
@ApplicationScoped
public class LastN {
    private static final int MAX = 100;

    private static final Set<String> OF_ONE_PATIENT = Set.of("patient", "subject");

    private final SearchableTypes types;
    private final LastInGroup last;

    LastN(SearchableTypes types, LastInGroup last) {
        this.types = types;
        this.last = last;
    }

    /** @param query as it was understood, for the {@code self} link */
    public record Result(List<Map.Entry<String, String>> understood, List<Match> matches) {}

    /** @param parameters {@code max}, and parameters of a search */
    public Result apply(
            HostedType type, List<Map.Entry<String, String>> parameters, Function<String, Visibility> visible) {
        List<Map.Entry<String, String>> criteria = parameters.stream()
                .filter(parameter -> !parameter.getKey().equals("max"))
                .toList();
        for (Map.Entry<String, String> parameter : criteria) {
            if (SearchQuery.isControl(parameter.getKey())) {
                throw InvalidOperationParameter.refusal(parameter.getKey(), "is no parameter of this operation");
            }
        }
        if (criteria.stream().noneMatch(parameter -> OF_ONE_PATIENT.contains(name(parameter)))) {
            throw InvalidOperationParameter.refusal(
                    "patient", "this operation is about one patient: patient or subject is required");
        }
        SearchQuery query = SearchQuery.parse(types, type.name(), criteria, ServiceClock.now());
        return new Result(parameters, last.find(query, "date", max(parameters), visible));
    }

    private static String name(Map.Entry<String, String> parameter) {
        return parameter.getKey().split("[:.]", 2)[0];
    }

    private static int max(List<Map.Entry<String, String>> parameters) {
        List<String> given = parameters.stream()
                .filter(parameter -> parameter.getKey().equals("max"))
                .map(Map.Entry::getValue)
                .toList();
        if (given.isEmpty()) {
            return 1;
        }
        if (given.size() > 1 || !given.getFirst().matches("[1-9]\\d{0,8}")) {
            throw InvalidOperationParameter.refusal("max", "a whole number from 1 is expected, once");
        }
        return Math.min(MAX, Integer.parseInt(given.getFirst()));
    }
}
