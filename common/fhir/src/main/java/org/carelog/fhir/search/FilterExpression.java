package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a {@code _filter}: comparisons, joined from left to right by {@code and}, {@code or}, {@code not (…)} and parentheses.
 * Used once.
 *
 * @see <a href="https://hl7.org/fhir/R4/search_filter.html">FHIR R4, the _filter parameter</a>
 */
final class FilterExpression {
    /** Parentheses in each other. */
    private static final int MAX_DEPTH = 20;

    /** Comparisons in one expression: as many as a search has parameters. */
    private static final int MAX_COMPARISONS = QueryParser.MAX_PARAMETERS;

    private static final Set<String> JOINS = Set.of("and", "or");

    /** What a comparison means: {@code path operator operand}. */
    interface Comparisons {
        Filter filter(String path, Operator operator, String operand);
    }

    private final ExpressionText text;
    private final Comparisons comparisons;
    private int read;

    private FilterExpression(String text, Comparisons comparisons) {
        this.text = new ExpressionText(text);
        this.comparisons = comparisons;
    }

    /** @throws IllegalArgumentException when it is none */
    static Filter parse(String text, Comparisons comparisons) {
        FilterExpression expression = new FilterExpression(text, comparisons);
        Filter filter = expression.joined(0);
        if (expression.text.hasNext()) {
            throw expression.text.unexpected("and, or, or the end");
        }
        return filter;
    }

    private Filter joined(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("has more than %d parentheses in each other".formatted(MAX_DEPTH));
        }
        Filter left = term(depth);
        while (JOINS.contains(text.peek())) {
            boolean both = text.word().equals("and");
            Filter right = term(depth);
            left = both ? both(left, right) : Filter.anyOf(List.of(left, right));
        }
        return left;
    }

    private static Filter both(Filter left, Filter right) {
        List<Filter> filters = new ArrayList<>(left instanceof Filter.All all ? all.filters() : List.of(left));
        filters.add(right);
        return new Filter.All(filters);
    }

    private Filter term(int depth) {
        if (text.skip('(')) {
            return inParentheses(depth);
        }
        String path = text.word();
        if (path.equals("not") && text.skip('(')) {
            return new Filter.Not(inParentheses(depth));
        }
        if (++read > MAX_COMPARISONS) {
            throw new IllegalArgumentException("has more than %d comparisons".formatted(MAX_COMPARISONS));
        }
        Operator operator = Operator.of(text.peek()).orElseThrow(() -> text.unexpected("an operator, such as eq"));
        text.word();
        return comparisons.filter(path, operator, text.value());
    }

    private Filter inParentheses(int depth) {
        Filter inner = joined(depth + 1);
        if (!text.skip(')')) {
            throw text.unexpected("a closing parenthesis");
        }
        return inner;
    }
}
