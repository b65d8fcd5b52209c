package org.carelog.bench;

import org.carelog.local.service.Service;

/**
 * A request of a scenario.
 *
 * @param owner the service that answers it
 * @param path below the FHIR base, with its slash; empty for the base itself
 * @param body null for none
 * @param expected the status of its answer
 * @param count what is done by it: one, or so many resources
 */
record Request(Service owner, String method, String path, byte[] body, int expected, int count) {

    static Request get(Service owner, String path) {
        return new Request(owner, "GET", path, null, 200, 1);
    }
}
