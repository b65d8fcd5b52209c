package org.carelog.fhir.search;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what is looked for in a text: words, of which all must be there, {@code OR}, {@code NOT}, parentheses, and quotation marks
 * around what stands together. {@code AND} may be said; {@code OR} binds least. Used once.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#content">FHIR R4, _text and _content</a>
 */
final class WordExpression {
    /** Parentheses, and what is negated, in each other. */
    private static final int MAX_DEPTH = 20;

    private static final int MAX_WORDS = 50;
    private static final Set<String> JOINS = Set.of("and", "or");

    private final ExpressionText text;
    private final Function<String, Filter> words;
    private int read;

    private WordExpression(String text, Function<String, Filter> words) {
        this.text = new ExpressionText(text);
        this.words = words;
    }

    /**
     * @param words what one or more of them, that stand together, mean
     * @throws IllegalArgumentException when it is none
     */
    static Filter parse(String text, Function<String, Filter> words) {
        WordExpression expression = new WordExpression(text, words);
        Filter filter = expression.either(0);
        if (expression.text.hasNext()) {
            throw expression.text.unexpected("a word");
        }
        return filter;
    }

    private Filter either(int depth) {
        Filter left = both(depth);
        while (skip("or")) {
            left = new Filter.Any(List.of(left, both(depth)));
        }
        return left;
    }

    private Filter both(int depth) {
        Filter left = term(depth);
        while (skip("and") || goesOn()) {
            left = new Filter.All(List.of(left, term(depth)));
        }
        return left;
    }

    /** Whether another term follows, and neither an alternative nor the end. */
    private boolean goesOn() {
        return text.hasNext() && !text.isNext(')') && !text.peek().equalsIgnoreCase("or");
    }

    private Filter term(int depth) {
        if (skip("not")) {
            return new Filter.Not(term(inner(depth)));
        }
        if (text.skip('(')) {
            Filter inner = either(inner(depth));
            if (!text.skip(')')) {
                throw text.unexpected("a closing parenthesis");
            }
            return inner;
        }
        if (JOINS.contains(text.peek().toLowerCase(Locale.ROOT))) {
            throw text.unexpected("a word");
        }
        if (++read > MAX_WORDS) {
            throw new IllegalArgumentException("has more than %d words".formatted(MAX_WORDS));
        }
        String value = text.value();
        if (value.chars().noneMatch(Character::isLetterOrDigit)) {
            throw text.unexpected("after it, a word: what it has is punctuation");
        }
        return words.apply(value);
    }

    private static int inner(int depth) {
        if (depth == MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "has more than %d parentheses or NOT in each other".formatted(MAX_DEPTH));
        }
        return depth + 1;
    }

    private boolean skip(String keyword) {
        boolean is = text.peek().equalsIgnoreCase(keyword);
        if (is) {
            text.word();
        }
        return is;
    }
}
