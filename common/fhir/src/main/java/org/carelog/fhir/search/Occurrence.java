package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;

/**
 * An element in which both components of a composite parameter must hold.
 *
 * @param root where such elements are
 */
record Occurrence(SearchParameter composite, RelativePath root, Component first, Component second) {
    /** One resource has this many pairs in the index at most; more has none that a person made. */
    private static final int MOST_PAIRS = 10_000;

    /** @param path from the occurrence */
    record Component(SearchParameter parameter, ElementPath path) {
        Filter filter(String value, QueryContext context) {
            return parameter.type().semantics().filter(parameter, "", List.of(value), context);
        }

        IndexEntries entries(Element occurrence, String baseUrl) {
            IndexEntries.Builder entries = new IndexEntries.Builder(baseUrl);
            for (Element element : path.select(occurrence)) {
                parameter.type().semantics().index(parameter, element, entries);
            }
            return entries.build();
        }
    }

    /** @param first the value of the first component, still escaped */
    Filter filter(String first, String second, QueryContext context) {
        Filter left = this.first.filter(first, context);
        Filter right = this.second.filter(second, context);
        if (root.isResource()) {
            return new Filter.All(List.of(left, right));
        }
        List<Long> beside = ((Filter.Tokens) left).anyOf();
        return switch (right) {
            case Filter.Tokens tokens -> new Filter.Tokens(pairs(beside, tokens.anyOf()), false);
            // the first follows from the second, and is quicker where the number is common
            case Filter.Quantities quantities ->
                new Filter.All(List.of(left, new Filter.Quantities(composite, quantities.anyOf(), beside)));
            default -> throw Composite.notUnderstood(composite);
        };
    }

    void index(Element resource, IndexEntries.Builder entries) {
        if (root.isResource()) {
            return;
        }
        int pairs = 0;
        for (Element occurrence : root.select(resource)) {
            IndexEntries left = first.entries(occurrence, entries.baseUrl());
            IndexEntries right = second.entries(occurrence, entries.baseUrl());
            pairs += left.tokens().size() * right.tokens().size();
            if (pairs <= MOST_PAIRS) {
                pairs(left.tokens(), right.tokens()).forEach(entries::token);
            }
            right.quantities().forEach(entry -> entries.quantity(composite, entry.quantity(), left.tokens()));
        }
    }

    private List<Long> pairs(Iterable<Long> left, Iterable<Long> right) {
        List<Long> pairs = new ArrayList<>();
        left.forEach(one -> right.forEach(other -> pairs.add(TokenHash.pair(composite, one, other))));
        return pairs;
    }
}
