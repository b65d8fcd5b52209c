package org.carelog.local.demo;

import java.net.URI;

/**
 * The running system, as the demo sees it.
 *
 * @param fhirBase the public FHIR base URL
 * @param encounterService encounter-service's own FHIR base URL
 * @param bootstrapServers Kafka
 * @param tokens bearer tokens by the name of a demo user
 */
public record DemoTarget(URI fhirBase, URI encounterService, String bootstrapServers, Tokens tokens) {

    /** Where the demo gets its tokens. */
    @FunctionalInterface
    public interface Tokens {
        /** @throws Exception when Keycloak does not answer; the message is a sentence */
        String of(String user) throws Exception;
    }
}
