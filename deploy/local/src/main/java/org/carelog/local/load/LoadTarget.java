package org.carelog.local.load;

import java.net.URI;

/**
 * The running system, as a load sees it.
 *
 * @param fhirBase the public FHIR base URL
 * @param tokenEndpoint where the service account gets its tokens
 * @param client the service account
 * @param secret its secret
 */
public record LoadTarget(URI fhirBase, URI tokenEndpoint, String client, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return client + " at " + fhirBase;
    }
}
