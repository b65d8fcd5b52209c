package org.carelog.encounter.oracle;

import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Shrinkable;

/** Looks for the smallest value that something still goes wrong with, by jqwik's shrinking. */
final class Smallest {
    /** Of each value. */
    private static final int MOST_TRIES = 500;

    private Smallest() {}

    static <T> T of(Shrinkable<T> failed, Predicate<T> fails) {
        Shrinkable<T> smallest = failed;
        while (true) {
            Shrinkable<T> last = smallest;
            Optional<Shrinkable<T>> smaller = last.shrink()
                    .filter(candidate -> candidate.compareTo(last) < 0)
                    .limit(MOST_TRIES)
                    .filter(candidate -> fails.test(candidate.value()))
                    .findFirst();
            if (smaller.isEmpty()) {
                return last.value();
            }
            smallest = smaller.get();
        }
    }
}
