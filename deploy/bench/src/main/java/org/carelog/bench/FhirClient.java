package org.carelog.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.carelog.bench.client.Client;
import org.carelog.bench.client.Ending;
import org.carelog.bench.client.HttpConnection;
import org.carelog.local.load.BearerTokens;

/** A client of the FHIR API with its own connection. */
final class FhirClient implements Client {

    private final URI base;
    private final HttpConnection connection;
    private final BearerTokens tokens;
    private final Supplier<Optional<Request>> requests;

    FhirClient(URI base, BearerTokens tokens, Supplier<Optional<Request>> requests) {
        this.base = base;
        this.connection = new HttpConnection(base);
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
        HttpConnection.Answer answer = connection.send(
                request.method(), base.getPath() + request.path(), """
                Accept: application/fhir+json\r
                Content-Type: application/fhir+json\r
                Authorization: Bearer %s\r
                """.formatted(tokens.current()), request.body());
        return Optional.of(
                answer.status() == request.expected()
                        ? Ending.done(request.count(), answer.bytes())
                        : Ending.failed(Integer.toString(answer.status())));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
