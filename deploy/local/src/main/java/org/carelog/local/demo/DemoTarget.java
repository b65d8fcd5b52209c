package org.carelog.local.demo;

import java.net.URI;
import java.util.Map;

/**
 * The running system, as the demo sees it.
 *
 * @param fhirBase the public FHIR base URL
 * @param encounterService encounter-service's own FHIR base URL
 * @param kafka what a client of Kafka is told that may read the events
 * @param tokens bearer tokens by the name of a demo user
 */
public record DemoTarget(URI fhirBase, URI encounterService, Map<String, Object> kafka, Tokens tokens) {

    /** Where the demo gets its tokens. */
    @FunctionalInterface
    public interface Tokens {
        /** @throws Exception when Keycloak does not answer; the message is a sentence */
        String of(String user) throws Exception;
    }
}
