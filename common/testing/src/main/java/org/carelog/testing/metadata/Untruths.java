package org.carelog.testing.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Where a statement and the answers differ. All are gathered, so that one run tells them all. */
final class Untruths {
    /** How an interaction that is not served is refused. */
    private static final Set<Integer> REFUSALS = Set.of(400, 405, 501);

    private final List<String> found = new ArrayList<>();
    private int checked;

    /** What is listed must be answered with one of these, what is not must be refused. */
    void check(boolean listed, String what, Answer answer, Integer... good) {
        checked++;
        Set<Integer> expected = listed ? Set.copyOf(Arrays.asList(good)) : REFUSALS;
        if (!expected.contains(answer.status())) {
            found.add("%s is %s and answers %d, not %s: %s"
                    .formatted(
                            what,
                            listed ? "listed" : "not listed",
                            answer.status(),
                            expected,
                            answer.body().lines().findFirst().orElse("")));
        }
    }

    /** The answer must be this one. */
    void must(int expected, String what, Answer answer) {
        checked++;
        if (answer.status() != expected) {
            found.add("%s answers %d, not %d: %s"
                    .formatted(
                            what,
                            answer.status(),
                            expected,
                            answer.body().lines().findFirst().orElse("")));
        }
    }

    /** A search that answers says what it has understood. */
    void mustSay(String self, String parameter) {
        if (!self.contains(parameter)) {
            found.add("%s is listed, and ignored: %s".formatted(parameter, self));
        }
    }

    /** @param atLeast so much must have been tried, or the walk itself is at fault */
    void mustBeNone(int atLeast) {
        assertThat(found).isEmpty();
        assertThat(checked).isGreaterThanOrEqualTo(atLeast);
    }
}
