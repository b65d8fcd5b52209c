package org.carelog.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.keycloak.Tokens;
import org.carelog.local.load.BearerTokens;
import org.carelog.local.platform.RunningSystem;

/**
 * Clients of one system, with one token.
 *
 * @param base the FHIR base
 */
record FhirClients(URI base, BearerTokens tokens) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** As the loader, through the gateway. */
    static FhirClients of(RunningSystem running) throws IOException {
        Tokens tokens = running.tokens();
        return new FhirClients(running.fhirBase(), new BearerTokens(() -> tokens.token("loader")));
    }

    /**
     * Writes until the clients have nothing more to ask.
     *
     * @throws IOException when something was not written
     */
    void writeAll(int clients, Supplier<Supplier<Optional<Request>>> each) throws Exception {
        Map<String, Long> failures =
                ClosedLoop.toTheEnd(clients, () -> client(each.get())).failures();
        if (!failures.isEmpty()) {
            throw new IOException("Not everything could be written: " + failures);
        }
    }

    /** @throws IOException when a search finds nothing: it would be quick, and tell nothing */
    void mustFind(Request search) throws IOException, InterruptedException {
        try (FhirCalls calls = new FhirCalls()) {
            byte[] answer = calls.get(URI.create(base + search.path()), tokens.current())
                    .body();
            if (MAPPER.readTree(answer).path("entry").isEmpty()) {
                throw new IOException("Nothing is found by GET " + search.path());
            }
        }
    }

    /** @param requests what it asks, one after another; empty when there is nothing more */
    FhirClient client(Supplier<Optional<Request>> requests) {
        return new FhirClient(base, tokens, requests);
    }
}
