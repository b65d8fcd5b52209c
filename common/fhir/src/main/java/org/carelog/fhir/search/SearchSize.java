package org.carelog.fhir.search;

/** How much a search asks for, counted while it is read. For one thread. */
final class SearchSize {
    /** References that are followed, each to one type: each is a look of its own, so what leads to any type is as many. */
    static final int MOST_LINKS = 500;
    /** Each once for each type that it is looked for in. */
    static final int MOST_VALUES = 65_535;

    private int links;
    private int values;

    /** @throws IllegalArgumentException when there are too many with it */
    void link() {
        if (++links > MOST_LINKS) {
            throw new IllegalArgumentException(
                    "the search follows more than %d references, each to one type".formatted(MOST_LINKS));
        }
    }

    /** @throws IllegalArgumentException when there are too many with these */
    void values(int more) {
        values += more;
        if (values > MOST_VALUES) {
            throw new IllegalArgumentException(
                    "the search looks for more than %d values, each counted once for each type that it is looked for in"
                            .formatted(MOST_VALUES));
        }
    }
}
