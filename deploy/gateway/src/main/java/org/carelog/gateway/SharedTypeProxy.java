package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.carelog.gateway.WholeRequests.Answer;

/**
 * Answers for a type that several services own, each some of its resources. A read of one resource asks those first that
 * have nothing but their own, so that it is never answered with a copy that is behind. Everything else goes to the one
 * that keeps copies of all; where that refuses because the resource is another's, its refusal names the owner, and the
 * request goes there.
 */
final class SharedTypeProxy {

    /** With a refusal: the service to which the resource belongs. */
    private static final String OWNER = "Carelog-Owner";

    private final WholeRequests whole;
    private final Routes routes;

    SharedTypeProxy(WholeRequests whole, Routes routes) {
        this.whole = whole;
        this.routes = routes;
    }

    /** @param owners of the type, first the one that keeps copies */
    void handle(HttpServerRequest request, Destination.OfType destination, List<Upstream> owners) {
        MultiMap headers = WholeRequests.headers(request);
        boolean read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        whole.body(request)
                .compose(body -> read && destination.isOfInstance()
                        ? find(request, headers, owners.reversed())
                        : follow(request, headers, body, owners.getFirst()))
                .onSuccess(answer -> WholeRequests.send(request.response(), answer))
                .onFailure(failure -> WholeRequests.refuse(request, failure));
    }

    private Future<Answer> find(HttpServerRequest request, MultiMap headers, List<Upstream> owners) {
        return whole.ask(owners.getFirst(), request.method(), request.uri(), headers, Buffer.buffer())
                .compose(answer -> answer.status() == 404 && owners.size() > 1
                        ? find(request, headers, owners.subList(1, owners.size()))
                        : Future.succeededFuture(answer));
    }

    private Future<Answer> follow(HttpServerRequest request, MultiMap headers, Buffer body, Upstream first) {
        return whole.ask(first, request.method(), request.uri(), headers, body)
                .compose(answer -> Optional.ofNullable(answer.headers().get(OWNER))
                        .flatMap(routes::named)
                        .filter(owner -> !owner.equals(first))
                        .map(owner -> whole.ask(owner, request.method(), request.uri(), headers, body))
                        .orElse(Future.succeededFuture(answer)));
    }
}
