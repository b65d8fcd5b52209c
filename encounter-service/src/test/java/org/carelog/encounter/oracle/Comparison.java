package org.carelog.encounter.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;

/** What the service answers, page by page, against what the oracle says. Thread-safe. */
final class Comparison {
    private final Oracle oracle;
    private final Service service;

    Comparison(Oracle oracle, Service service) {
        this.oracle = oracle;
        this.service = service;
    }

    /** In words; empty: there is none. */
    Optional<String> difference(Query query) {
        List<Resource> expected = oracle.matches(query);
        List<Service.Page> pages;
        try {
            pages = service.pages(query.address());
        } catch (AssertionError e) {
            return Optional.of("refused with " + e.getMessage());
        }
        List<String> found =
                pages.stream().flatMap(page -> page.matches().stream()).toList();
        return matches(expected, found)
                .or(() -> order(query, found))
                .or(() -> paging(query, pages, expected.size()))
                .or(() -> includes(query, pages));
    }

    private static Optional<String> matches(List<Resource> expected, List<String> found) {
        Set<String> names = expected.stream().map(Population::nameOf).collect(Collectors.toCollection(TreeSet::new));
        if (new HashSet<>(found).size() < found.size()) {
            return Optional.of("found twice: " + found);
        }
        return difference("matches", names, new TreeSet<>(found));
    }

    private static Optional<String> difference(String what, Set<String> expected, Set<String> found) {
        Set<String> missing = new LinkedHashSet<>(expected);
        missing.removeAll(found);
        Set<String> surplus = new LinkedHashSet<>(found);
        surplus.removeAll(expected);
        return missing.isEmpty() && surplus.isEmpty()
                ? Optional.empty()
                : Optional.of("%s: not found %s, found beside %s".formatted(what, missing, surplus));
    }

    private Optional<String> order(Query query, List<String> found) {
        List<Resource> resources = found.stream()
                .map(name -> oracle.population().find(name).orElseThrow())
                .toList();
        for (int i = 1; i < resources.size(); i++) {
            if (compare(query.sort(), resources.get(i - 1), resources.get(i)) > 0) {
                return Optional.of("order: %s before %s".formatted(found.get(i - 1), found.get(i)));
            }
        }
        return Optional.empty();
    }

    private int compare(List<Query.Order> sort, Resource one, Resource other) {
        for (Query.Order order : sort) {
            Comparable<?> first = oracle.sortValue(one, order);
            Comparable<?> second = oracle.sortValue(other, order);
            int compared = first == null || second == null
                    ? Boolean.compare(first == null, second == null)
                    : Oracle.compare(first, second) * (order.descending() ? -1 : 1);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static Optional<String> paging(Query query, List<Service.Page> pages, int expected) {
        boolean isFull = pages.stream()
                .limit(pages.size() - 1L)
                .allMatch(page -> page.matches().size() == query.count());
        if (!isFull || pages.getLast().matches().size() > query.count()) {
            List<Integer> sizes =
                    pages.stream().map(page -> page.matches().size()).toList();
            return Optional.of("pages of %s".formatted(sizes));
        }
        OptionalLong total = pages.getFirst().total();
        boolean isTold = query.counted() || pages.size() == 1;
        return isTold && !total.equals(OptionalLong.of(expected))
                ? Optional.of("total: %s instead of %d".formatted(total, expected))
                : Optional.empty();
    }

    private Optional<String> includes(Query query, List<Service.Page> pages) {
        List<String> differences = new ArrayList<>();
        for (Service.Page page : pages) {
            difference("included", oracle.included(query.includes(), page.matches()), page.included())
                    .ifPresent(differences::add);
        }
        return differences.stream().findFirst();
    }
}
