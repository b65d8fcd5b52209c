package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carelog.gateway.WholeRequests.Answer;

/** Answers {@code GET /fhir/metadata}: asks every service, as the client would, and makes one statement of them. */
final class Metadata {
    private final WholeRequests whole;
    private final Backend backend;
    private final Routes routes;
    private final List<Upstream> upstreams;

    Metadata(WholeRequests whole, Backend backend, Routes routes, List<Upstream> upstreams) {
        this.whole = whole;
        this.backend = backend;
        this.routes = routes;
        this.upstreams = upstreams;
    }

    void handle(HttpServerRequest request) {
        if (!backend.isKnown()) {
            Answers.refuse(request, new Refusal.Unreachable(backend.unknown()));
            return;
        }
        MultiMap headers = WholeRequests.headers(request);
        Future.all(upstreams.stream()
                        .map(upstream -> whole.ask(upstream, HttpMethod.GET, request.uri(), headers, Buffer.buffer()))
                        .toList())
                .compose(all -> together(all.list()))
                .onSuccess(answer -> WholeRequests.send(request.response(), answer))
                .onFailure(failure -> WholeRequests.refuse(request, failure));
    }

    private Future<Answer> together(List<Answer> statements) {
        Optional<Answer> refusal =
                statements.stream().filter(one -> one.status() != 200).findFirst();
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
        }
        try {
            return Future.succeededFuture(
                    new Answer(200, statements.getFirst().headers(), Buffer.buffer(merged(statements))));
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    /** @param statements of the services, in their order */
    private byte[] merged(List<Answer> statements) throws IOException {
        List<MergedCapabilities.Part> parts = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            parts.add(new MergedCapabilities.Part(statements.get(i).body().getBytes(), routes.owned(upstreams.get(i))));
        }
        return switch (BundleFormat.of(statements.getFirst().headers().get("Content-Type"))) {
            case XML -> MergedXmlCapabilities.of(parts);
            case JSON -> MergedCapabilities.of(parts);
        };
    }
}
