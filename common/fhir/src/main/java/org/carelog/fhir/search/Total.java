package org.carelog.fhir.search;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code _total}: how much a client cares for the number of all matches. */
public enum Total {
    NONE,
    ESTIMATE,
    ACCURATE;

    static Optional<Total> of(String word) {
        return Stream.of(values())
                .filter(total -> total.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
