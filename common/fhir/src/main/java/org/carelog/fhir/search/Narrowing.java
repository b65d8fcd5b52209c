package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What would make a search cheaper, in words. It tells names of parameters and no values. */
public final class Narrowing {
    private Narrowing() {}

    public static List<String> of(SearchQuery query) {
        List<String> advice = new ArrayList<>();
        add(advice, query, name -> name.endsWith(":contains"), "look at every value, the start of a value is cheap");
        add(
                advice,
                query,
                name -> name.contains(".") || name.startsWith("_has:"),
                "look through other resources, search for those first, then for these by their ids");
        if (query.count() == 0
                || query.total().filter(total -> total != Total.NONE).isPresent()) {
            advice.add("counting reads every match, do without _total and _summary=count");
        }
        if (!query.sort().isEmpty()) {
            advice.add("leave _sort out, or sort by _lastUpdated");
        }
        if (!query.includes().isEmpty()) {
            advice.add("include less, or ask for smaller pages with _count");
        }
        advice.add("add what few resources have: a patient, an identifier, a code, a period");
        return advice;
    }

    private static void add(List<String> advice, SearchQuery query, Predicate<String> costs, String why) {
        String names = query.understood().stream()
                .map(Map.Entry::getKey)
                .filter(costs)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            advice.add(names + " " + why);
        }
    }
}
