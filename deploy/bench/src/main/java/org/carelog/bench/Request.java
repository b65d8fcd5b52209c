package org.carelog.bench;

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
}
