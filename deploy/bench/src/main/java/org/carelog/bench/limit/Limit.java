package org.carelog.bench.limit;

/** Something that a request to a service cannot do without, done alone as often as the machine can. */
public enum Limit {
    ENDPOINT("GET of a bare Quarkus endpoint"),
    SELECT("SELECT of one row"),
    INSERT("INSERT of one row and COMMIT");

    private final String words;

    Limit(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
