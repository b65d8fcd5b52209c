package org.carelog.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers {@code GET /fhir/metadata}: asks every service, as the client would, and makes one statement of them. */
final class Metadata {

    private static final List<String> PASSED_ON =
            List.of("Authorization", "Accept", "X-Request-Id", "User-Agent", "If-None-Match");
    private static final List<String> PASSED_BACK =
            List.of("Content-Type", "WWW-Authenticate", "Allow", "Retry-After", "X-Request-Id");

    private record Statement(Upstream from, int status, MultiMap headers, Buffer body) {}

    private final HttpClient client;
    private final Backend backend;
    private final Routes routes;
    private final List<Upstream> upstreams;

    Metadata(HttpClient client, Backend backend, Routes routes, List<Upstream> upstreams) {
        this.client = client;
        this.backend = backend;
        this.routes = routes;
        this.upstreams = upstreams;
    }

    void handle(HttpServerRequest request) {
        if (!routes.unknown().isEmpty()) {
            Answers.refuse(request, new Refusal.Unreachable(backend.unknown()));
            return;
        }
        Future.all(upstreams.stream().map(upstream -> ask(upstream, request)).toList())
                .onSuccess(all -> answer(request, all.list()))
                .onFailure(failure -> Answers.refuse(
                        request,
                        failure instanceof Backend.Unreachable
                                ? new Refusal.Unreachable(failure.getMessage())
                                : new Refusal.Broken("A service")));
    }

    private Future<Statement> ask(Upstream upstream, HttpServerRequest request) {
        return backend.connect(client, upstream).compose(asked -> {
            asked.setURI(request.uri());
            PASSED_ON.forEach(name -> request.headers()
                    .getAll(name)
                    .forEach(value -> asked.headers().add(name, value)));
            ForwardedHeaders.set(asked.headers(), request);
            return asked.send()
                    .compose(answer -> answer.body()
                            .map(body -> new Statement(upstream, answer.statusCode(), answer.headers(), body)));
        });
    }

    private void answer(HttpServerRequest request, List<Statement> statements) {
        Optional<Statement> refused =
                statements.stream().filter(one -> one.status() != 200).findFirst();
        Statement model = refused.orElse(statements.getFirst());
        Buffer body;
        try {
            body = refused.isPresent() ? model.body() : merged(statements);
        } catch (IOException e) {
            Answers.refuse(request, new Refusal.Broken("A service"));
            return;
        }
        HttpServerResponse response = request.response();
        PASSED_BACK.forEach(name ->
                model.headers().getAll(name).forEach(value -> response.headers().add(name, value)));
        response.setStatusCode(model.status()).end(body);
    }

    private Buffer merged(List<Statement> statements) throws IOException {
        List<MergedCapabilities.Part> parts = statements.stream()
                .map(one -> new MergedCapabilities.Part(one.body().getBytes(), routes.owned(one.from())))
                .toList();
        String contentType = statements.getFirst().headers().get("Content-Type");
        return Buffer.buffer(
                contentType != null && contentType.contains("xml")
                        ? MergedXmlCapabilities.of(parts)
                        : MergedCapabilities.of(parts));
    }
}
