package org.carelog.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a version did to its resource. */
public enum Change {
    CREATED,
    UPDATED,
    DELETED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in tables and event types: {@code created}, {@code updated}, {@code deleted}. */
    public String word() {
        return word;
    }

    /** The change a word stands for; empty for any other word. */
    public static Optional<Change> ofWord(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }
}
