package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/** Reads the parameters of one search; used once. What filters is {@link FilterParser}'s. */
final class QueryParser {
    static final int DEFAULT_COUNT = 50;
    static final int MAX_COUNT = 1000;
    /** More conditions than any form has; each costs the planner time. */
    static final int MAX_PARAMETERS = 50;
    /** A link to the next page carries the search with it, and must stay shorter than the longest address we take. */
    static final int MAX_LENGTH = 64 * 1024;

    static final String INCLUDE = "_include";
    static final String REVINCLUDE = "_revinclude";
    static final String ITERATE = ":iterate";

    static final String EXPLAIN = "_explain";

    static final List<String> CONTROLS = List.of(
            "_count",
            "_sort",
            "_total",
            "_summary",
            INCLUDE,
            INCLUDE + ITERATE,
            REVINCLUDE,
            REVINCLUDE + ITERATE,
            "_elements",
            EXPLAIN,
            "_format",
            "_pretty");

    private static final Set<String> ONCE =
            Set.of(FilterParser.FILTER, "_count", "_sort", "_total", "_summary", EXPLAIN, SearchScope.TYPE);

    private final QueryContext context;
    private final SearchScope scope;
    private final boolean lenient;
    /** By type, what must hold. */
    private final Map<SearchableType, List<Filter>> filters = new LinkedHashMap<>();

    private final List<SortKey> sort = new ArrayList<>();
    private final List<Include> includes = new ArrayList<>();
    private final Set<String> given = new HashSet<>();
    private int count = DEFAULT_COUNT;
    private boolean onlyCount;
    private Optional<Total> total = Optional.empty();
    private boolean explained;

    QueryParser(QueryContext context, SearchScope scope, boolean lenient) {
        this.context = context;
        this.scope = scope;
        this.lenient = lenient;
        for (String name : scope.types()) {
            SearchableType type = context.types().require(name);
            filters.put(
                    type,
                    new ArrayList<>(scope.compartment().stream()
                            .map(root -> CompartmentFilter.of(type, root, context))
                            .toList()));
        }
    }

    SearchQuery parse(List<Map.Entry<String, String>> parameters) {
        if (parameters.size() > MAX_PARAMETERS) {
            throw invalid(parameters.get(MAX_PARAMETERS).getKey(), "a search has at most 50 parameters");
        }
        requireShort(parameters);
        List<Map.Entry<String, String>> understood = new ArrayList<>();
        Set<String> ignored = new LinkedHashSet<>();
        for (Map.Entry<String, String> parameter : parameters) {
            if (isUnderstood(parameter)) {
                understood.add(parameter);
            } else {
                ignored.add(parameter.getKey());
            }
        }
        return new SearchQuery(
                scope,
                filters.entrySet().stream()
                        .map(type -> new SearchQuery.Branch(type.getKey().name(), type.getValue()))
                        .toList(),
                sort,
                onlyCount ? 0 : count,
                total,
                includes,
                used(),
                explained,
                understood,
                List.copyOf(ignored),
                context.now(),
                Optional.empty());
    }

    private List<SearchParameter> used() {
        return Stream.of(
                        context.used().stream(),
                        sort.stream().map(SortKey::parameter),
                        includes.stream().map(Include::reference))
                .flatMap(parameters -> parameters)
                .toList();
    }

    private boolean isUnderstood(Map.Entry<String, String> parameter) {
        if (lenient && parameter.getValue().isEmpty()) {
            return false;
        }
        try {
            read(parameter.getKey(), parameter.getValue());
            return true;
        } catch (FhirProblemException e) {
            if (lenient && e.problem() instanceof FhirProblem.UnknownSearchParameter) {
                return false;
            }
            throw e;
        }
    }

    private static void requireShort(List<Map.Entry<String, String>> parameters) {
        int length = 0;
        for (Map.Entry<String, String> parameter : parameters) {
            length += parameter.getKey().length() + parameter.getValue().length();
            if (length > MAX_LENGTH) {
                throw invalid(parameter.getKey(), "makes the search longer than %d characters".formatted(MAX_LENGTH));
            }
        }
    }

    private void read(String name, String value) {
        if (!given.add(name) && ONCE.contains(name)) {
            throw invalid(name, "is given twice");
        }
        if (CONTROLS.contains(name) && value.isEmpty()) {
            throw invalid(name, "has no value");
        }
        switch (name) {
            case "_count" -> count = count(value);
            case "_sort" -> sort.addAll(new SortParser(filters.keySet()).parse(value));
            case "_total" -> total = Optional.of(total(value));
            case EXPLAIN -> explained = explained(value);
            case "_summary" -> onlyCount = summary(value);
            case INCLUDE, INCLUDE + ITERATE, REVINCLUDE, REVINCLUDE + ITERATE ->
                includes.addAll(new IncludeParser(context.types(), filters.keySet()).parse(name, value));
            default -> filter(name, value);
        }
    }

    private void filter(String name, String value) {
        if (scope.isOfOneType() || !name.equals(SearchScope.TYPE)) {
            Map<SearchableType, Filter> read = new LinkedHashMap<>();
            filters.keySet().forEach(type -> read.put(type, new FilterParser(context).filter(type, name, value)));
            read.forEach((type, filter) -> filters.get(type).add(filter));
        }
    }

    /** More than the most we give is no fault: R4 lets a server give fewer than asked for. */
    private static int count(String value) {
        if (!value.matches("\\d{1,18}")) {
            throw invalid("_count", "is a number from 0; more than %d are not given at a time".formatted(MAX_COUNT));
        }
        return (int) Math.min(MAX_COUNT, Long.parseLong(value));
    }

    private static Total total(String value) {
        return Total.of(value).orElseThrow(() -> invalid("_total", "is one of none, estimate, accurate"));
    }

    private static boolean explained(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(EXPLAIN, "is true or false");
        };
    }

    private static boolean summary(String value) {
        return switch (value) {
            case "count" -> true;
            case "false" -> false;
            default -> throw invalid("_summary", "is one of count, false");
        };
    }

    static FhirProblemException invalid(String name, String diagnostics) {
        return new FhirProblemException(new FhirProblem.InvalidSearchParameter(name, diagnostics));
    }
}
