package org.carelog.bench;

/**
 * What HAPI FHIR JPA 8.8.0 did with the same requests on two cores of the kind that docs/benchmark.md describes.
 *
 * @param clients at once
 * @param perSecond what it did a second
 * @param p99 milliseconds
 */
record Peer(int clients, double perSecond, double p99) {

    static final Peer UNKNOWN = new Peer(0, 0, 0);
}
