package org.carelog.bench;

import org.carelog.bench.record.Part;

/**
 * A request of a scenario.
 *
 * @param path below the FHIR base, with its slash; empty for the base itself
 * @param body null for none
 * @param expected the status of its answer
 * @param count what is done by it: one, or so many resources
 */
record Request(String method, String path, byte[] body, int expected, int count) {

    static Request get(String path) {
        return new Request("GET", path, null, 200, 1);
    }

    /** A copy of what it is the model of. */
    static Request transaction(Part part, long number) {
        return new Request("POST", "", part.transaction().copy(number, 0), 200, part.resources());
    }
}
