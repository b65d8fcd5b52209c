package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            "_format",
            "_pretty");

    private static final Set<String> ONCE = Set.of("_count", "_sort", "_total", "_summary");

    private final QueryContext context;
    private final SearchableType type;
    private final List<Filter> filters = new ArrayList<>();
    private final List<SortKey> sort = new ArrayList<>();
    private final List<Include> includes = new ArrayList<>();
    private final Set<String> given = new HashSet<>();
    private int count = DEFAULT_COUNT;
    private boolean onlyCount;
    private Optional<Total> total = Optional.empty();

    QueryParser(QueryContext context, SearchableType type) {
        this.context = context;
        this.type = type;
    }

    SearchQuery parse(List<Map.Entry<String, String>> parameters) {
        if (parameters.size() > MAX_PARAMETERS) {
            throw invalid(parameters.get(MAX_PARAMETERS).getKey(), "a search has at most 50 parameters");
        }
        requireShort(parameters);
        parameters.forEach(parameter -> read(parameter.getKey(), parameter.getValue()));
        return new SearchQuery(
                type.name(),
                filters,
                sort,
                onlyCount ? 0 : count,
                total,
                includes,
                parameters,
                context.now(),
                Optional.empty());
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
            case "_sort" -> sort.addAll(new SortParser(type).parse(value));
            case "_total" -> total = Optional.of(total(value));
            case "_summary" -> onlyCount = summary(value);
            case INCLUDE, INCLUDE + ITERATE, REVINCLUDE, REVINCLUDE + ITERATE ->
                includes.addAll(new IncludeParser(context.types(), type).parse(name, value));
            default -> filters.add(new FilterParser(context).filter(type, name, value));
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
