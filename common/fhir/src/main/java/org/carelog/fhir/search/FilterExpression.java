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

    private final String text;
    private final Comparisons comparisons;
    private int position;
    private int read;

    private FilterExpression(String text, Comparisons comparisons) {
        this.text = text;
        this.comparisons = comparisons;
    }

    /** @throws IllegalArgumentException when it is none */
    static Filter parse(String text, Comparisons comparisons) {
        FilterExpression expression = new FilterExpression(text, comparisons);
        Filter filter = expression.joined(0);
        if (expression.hasNext()) {
            throw expression.unexpected("and, or, or the end");
        }
        return filter;
    }

    private Filter joined(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("has more than %d parentheses in each other".formatted(MAX_DEPTH));
        }
        Filter left = term(depth);
        while (JOINS.contains(peek())) {
            boolean both = word().equals("and");
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
        if (skip('(')) {
            return inParentheses(depth);
        }
        String path = word();
        if (path.equals("not") && skip('(')) {
            return new Filter.Not(inParentheses(depth));
        }
        if (++read > MAX_COMPARISONS) {
            throw new IllegalArgumentException("has more than %d comparisons".formatted(MAX_COMPARISONS));
        }
        Operator operator = Operator.of(peek()).orElseThrow(() -> unexpected("an operator, such as eq"));
        word();
        return comparisons.filter(path, operator, operand());
    }

    private Filter inParentheses(int depth) {
        Filter inner = joined(depth + 1);
        if (!skip(')')) {
            throw unexpected("a closing parenthesis");
        }
        return inner;
    }

    /** Goes to what comes after blanks. */
    private boolean hasNext() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        return position < text.length();
    }

    private boolean skip(char expected) {
        boolean is = hasNext() && text.charAt(position) == expected;
        position += is ? 1 : 0;
        return is;
    }

    private String peek() {
        int start = position;
        String word = hasNext() ? word() : "";
        position = start;
        return word;
    }

    /** Up to a blank or a parenthesis; there may be none. */
    private String word() {
        hasNext();
        int start = position;
        while (position < text.length() && " ()\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private String operand() {
        String operand = skip('"') ? quoted() : word();
        if (operand.isEmpty()) {
            throw unexpected("a value");
        }
        return operand;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '"') {
            // \" and \\ as in JSON
            boolean escapes = text.charAt(position) == '\\' && position + 1 < text.length();
            position += escapes ? 1 : 0;
            value.append(text.charAt(position++));
        }
        if (!skip('"')) {
            throw unexpected("a closing quotation mark");
        }
        return value.toString();
    }

    private IllegalArgumentException unexpected(String wanted) {
        hasNext();
        return new IllegalArgumentException("at character %d, %s is expected".formatted(position + 1, wanted));
    }
}
