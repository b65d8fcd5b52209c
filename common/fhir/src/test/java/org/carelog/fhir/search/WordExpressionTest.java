package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            bone;                              bone
            bone liver;                        (bone & liver)
            bone and  liver;                   (bone & liver)
            bone OR liver;                     (bone | liver)
            (bone OR liver) and metastases;    ((bone | liver) & metastases)
            a b or c d;                        ((a & b) | (c & d))
            a not b;                           (a & !b)
            not (a b) or not not c;            (!(a & b) | !!c)
            "and"  "new york";                 (and & new york)
            "a \\" b";                         a " b
            O'Brien;                           O'Brien
            (((a)));                           a
            """)
    void isReadAsItIsWritten(String text, String meaning) {
        assertThat(told(WordExpression.parse(text, words -> new Filter.Words(true, words))))
                .isEqualTo(meaning);
    }

    private static String told(Filter filter) {
        return switch (filter) {
            case Filter.Words words -> words.words();
            case Filter.Not not -> "!" + told(not.filter());
            case Filter.All all ->
                all.filters().stream().map(WordExpressionTest::told).collect(joined(" & "));
            case Filter.Any any ->
                any.filters().stream().map(WordExpressionTest::told).collect(joined(" | "));
            default -> throw new AssertionError(filter);
        };
    }

    private static Collector<CharSequence, ?, String> joined(String word) {
        return Collectors.joining(word, "(", ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "or", "a or", "and b", "not", "(a", "a)", "()", "\"", "\"a", "-", "a \"!?\"", "a or or b"})
    void whatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WordExpression.parse(text, words -> new Filter.Words(true, words)))
                .withMessageStartingWith("at character ");
    }

    @Test
    void isBoundedInDepthAndLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WordExpression.parse("(".repeat(100_000), words -> new Filter.Words(true, words)))
                .withMessageContaining("20 parentheses");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WordExpression.parse("a ".repeat(51), words -> new Filter.Words(true, words)))
                .withMessageContaining("50 words");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        WordExpression.parse("not ".repeat(100_000) + "a", words -> new Filter.Words(true, words)))
                .withMessageContaining("NOT");
    }
}
