package org.carelog.bench;

/**
 * What HAPI FHIR JPA 8.8.0 did with the same requests on two cores of the kind that docs/benchmark.md describes.
 *
 * @param clients at once
 * @param perSecond what it did a second
 * @param p99 milliseconds
 */
record Peer(int clients, double perSecond, double p99) {

    /** It was not measured; we measure as many clients as of most. */
    static final Peer UNKNOWN = new Peer(16, 0, 0);
}
