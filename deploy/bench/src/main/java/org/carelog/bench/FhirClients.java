package org.carelog.bench;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.carelog.local.load.BearerTokens;

/**
 * Clients of one system, with one token.
 *
 * @param base the FHIR base
 */
record FhirClients(URI base, BearerTokens tokens) {

    /** @param requests what it asks, one after another; empty when there is nothing more */
    FhirClient client(Supplier<Optional<Request>> requests) {
        return new FhirClient(base, tokens, requests);
    }
}
