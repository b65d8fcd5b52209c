package org.carelog.bench;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.carelog.bench.client.Client;
import org.carelog.bench.client.Ending;
import org.carelog.bench.client.HttpConnection;
import org.carelog.local.load.BearerTokens;
import org.carelog.local.service.Service;

/** A client of the FHIR API with its own connection, or one to each service when it goes past the gateway. */
final class FhirClient implements Client {

    private final Function<Service, URI> bases;
    private final BearerTokens tokens;
    private final Supplier<Optional<Request>> requests;
    private final Map<URI, HttpConnection> connections = new HashMap<>();

    /** @param bases the FHIR base at which a service's resources are asked for */
    FhirClient(Function<Service, URI> bases, BearerTokens tokens, Supplier<Optional<Request>> requests) {
        this.bases = bases;
        this.tokens = tokens;
        this.requests = requests;
    }

    @Override
    public Optional<Ending> once() throws IOException, InterruptedException {
        Optional<Request> next = requests.get();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Request request = next.get();
        URI base = bases.apply(request.owner());
        HttpConnection.Answer answer = connections
                .computeIfAbsent(base, HttpConnection::new)
                .send(
                        request.method(),
                        base.getPath() + request.path(),
                        """
                        Accept: application/fhir+json\r
                        Content-Type: application/fhir+json\r
                        Authorization: Bearer %s\r
                        """.formatted(tokens.current()),
                        request.body());
        return Optional.of(
                answer.status() == request.expected()
                        ? Ending.done(request.count(), answer.bytes())
                        : Ending.failed(Integer.toString(answer.status())));
    }

    @Override
    public void close() throws IOException {
        for (HttpConnection connection : connections.values()) {
            connection.close();
        }
    }
}
