package org.carelog.bench;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.carelog.local.load.BearerTokens;
import org.carelog.local.service.Service;

/**
 * Clients of one system, with one token.
 *
 * @param bases the FHIR base at which a service's resources are asked for
 */
record FhirClients(Function<Service, URI> bases, BearerTokens tokens) {

    /** @param requests what it asks, one after another; empty when there is nothing more */
    FhirClient client(Supplier<Optional<Request>> requests) {
        return new FhirClient(bases, tokens, requests);
    }
}
