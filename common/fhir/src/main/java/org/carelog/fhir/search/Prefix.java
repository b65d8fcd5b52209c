package org.carelog.fhir.search;

import java.util.Locale;

/**
 * How the range of a date or number in a resource compares to the range of the query's.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#prefix">FHIR R4, prefixes</a>
 */
public enum Prefix {
    /** The query's range contains the resource's. */
    EQ,
    /** The query's range does not contain the resource's. */
    NE,
    /** The resource's range reaches beyond the query's. */
    GT,
    /** GT or EQ. */
    GE,
    /** The resource's range begins before the query's. */
    LT,
    /** LT or EQ. */
    LE,
    /** The resource's range begins after the query's has ended. */
    SA,
    /** The resource's range ends before the query's begins. */
    EB,
    /** The ranges overlap; the query's has been widened. */
    AP;

    /** The prefix at the start of the text; null when it begins with the letters of none. */
    static Prefix of(String text) {
        for (Prefix prefix : values()) {
            if (text.startsWith(prefix.name().toLowerCase(Locale.ROOT))) {
                return prefix;
            }
        }
        return null;
    }
}
