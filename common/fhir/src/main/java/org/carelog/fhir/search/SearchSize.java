package org.carelog.fhir.search;

/** How much a search asks for, counted while it is read. For one thread. */
final class SearchSize {
    /** References that are followed, each to one type: each is a look of its own, so what leads to any type is as many. */
    static final int MOST_LINKS = 500;
    /** Each once for each type that it is looked for in. */
    static final int MOST_VALUES = 65_535;

    /** Of units, which take milliseconds each to find out what they are, while whoever has another new one waits. */
    static final int MOST_NEW_UNITS = 50;

    private int links;
    private int values;
    private int newUnits;

    /** @throws IllegalArgumentException when there are too many with it */
    void link() {
        if (++links > MOST_LINKS) {
            throw new IllegalArgumentException(
                    "the search follows more than %d references, each to one type".formatted(MOST_LINKS));
        }
    }

    /** @throws IllegalArgumentException when there are too many with it */
    void newUnit() {
        if (++newUnits > MOST_NEW_UNITS) {
            throw new IllegalArgumentException(
                    "the search has more than %d units that nothing here was measured in or searched by of late"
                            .formatted(MOST_NEW_UNITS));
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
