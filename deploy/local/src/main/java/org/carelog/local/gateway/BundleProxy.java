package org.carelog.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.carelog.local.gateway.WholeRequests.Answer;

/**
 * Answers {@code POST /fhir}: sends each service its entries of a batch and puts the answers together in the order of the
 * requests. What is no Bundle in JSON goes to a service as it is, to be refused there and recorded.
 *
 * <p>The Bundle is held in memory; one above {@link WholeRequests#LARGEST} is refused before it is read to its end.
 */
final class BundleProxy {

    private static final List<String> PASSED_ON =
            List.of("Authorization", "Content-Type", "Accept", "Prefer", "X-Provenance", "X-Request-Id", "User-Agent");
    private static final List<String> PASSED_BACK =
            List.of("Content-Type", "WWW-Authenticate", "Allow", "Retry-After", "X-Request-Id");

    private record Plan(BundleSlices bundle, List<BundleRoutes.Part> parts) {}

    private final Vertx vertx;
    private final WholeRequests whole;
    private final Backend backend;

    BundleProxy(Vertx vertx, WholeRequests whole, Backend backend) {
        this.vertx = vertx;
        this.whole = whole;
        this.backend = backend;
    }

    void handle(HttpServerRequest request) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        PASSED_ON.forEach(name -> request.headers().getAll(name).forEach(value -> headers.add(name, value)));
        headers.set(WholeRequests.REQUEST_ID, WholeRequests.headers(request).get(WholeRequests.REQUEST_ID));
        ForwardedHeaders.set(headers, request);
        whole.body(request)
                .compose(body -> vertx.executeBlocking(() -> plan(body.getBytes()), false)
                        .compose(plan -> answer(request, headers, body, plan)))
                .onSuccess(answer -> send(request.response(), answer))
                .onFailure(failure -> WholeRequests.refuse(request, failure));
    }

    private Plan plan(byte[] body) throws Backend.Unreachable {
        try {
            BundleSlices bundle = BundleSlices.of(body);
            List<BundleRoutes.Part> parts = BundleRoutes.of(bundle, backend::ownerOrFallback);
            return new Plan(bundle, parts);
        } catch (IOException e) {
            return new Plan(new BundleSlices("", Map.of(), List.of()), List.of());
        }
    }

    private Future<Answer> answer(HttpServerRequest request, MultiMap headers, Buffer body, Plan plan) {
        if (!backend.isKnown()) {
            return Future.failedFuture(new Backend.Unreachable(backend.unknown(), null));
        }
        if (plan.parts().size() <= 1) {
            Upstream upstream = plan.parts().isEmpty()
                    ? backend.ownerOrFallback("")
                    : plan.parts().getFirst().upstream();
            return ask(upstream, request.uri(), headers, body);
        }
        List<Future<Answer>> asked = plan.parts().stream()
                .map(part -> ask(part.upstream(), request.uri(), headers, entriesOf(plan.bundle(), part))
                        .recover(failure -> Future.succeededFuture(unavailable(part.upstream(), failure))))
                .toList();
        return Future.join(asked)
                .compose(_ -> vertx.executeBlocking(
                        () -> together(plan, asked.stream().map(Future::result).toList()), false));
    }

    private static Buffer entriesOf(BundleSlices bundle, BundleRoutes.Part part) {
        return Buffer.buffer(BundleSlices.together(
                bundle.type(),
                part.indexes().stream()
                        .map(index -> bundle.entries().get(index).json())
                        .toList()));
    }

    private Future<Answer> ask(Upstream upstream, String uri, MultiMap headers, Buffer body) {
        return whole.ask(upstream, HttpMethod.POST, uri, headers, body);
    }

    private static Answer unavailable(Upstream upstream, Throwable failure) {
        Refusal refusal = failure instanceof Backend.Unreachable
                ? new Refusal.Unreachable(upstream.name())
                : new Refusal.Broken(upstream.name());
        Answers.log(refusal);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", Answers.FHIR_JSON);
        return new Answer(refusal.status(), headers, Buffer.buffer(refusal.outcome()));
    }

    /** What one service refuses as a whole fails its entries; nobody is known to nobody. */
    private static Answer together(Plan plan, List<Answer> answers) throws IOException {
        for (Answer answer : answers) {
            if (answer.status() == 401) {
                return answer;
            }
        }
        List<byte[]> entries =
                new ArrayList<>(Collections.nCopies(plan.bundle().entries().size(), new byte[0]));
        for (int i = 0; i < answers.size(); i++) {
            List<byte[]> own =
                    entries(answers.get(i), plan.parts().get(i).indexes().size());
            for (int k = 0; k < own.size(); k++) {
                entries.set(plan.parts().get(i).indexes().get(k), own.get(k));
            }
        }
        Answer model = answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElse(answers.getFirst());
        return new Answer(200, model.headers(), Buffer.buffer(BundleSlices.together("batch-response", entries)));
    }

    private static List<byte[]> entries(Answer answer, int count) throws IOException {
        if (answer.status() == 200) {
            List<byte[]> entries = BundleSlices.of(answer.body().getBytes()).entries().stream()
                    .map(BundleSlices.Slice::json)
                    .toList();
            if (entries.size() == count) {
                return entries;
            }
            throw new IOException("a service left entries unanswered");
        }
        byte[] refused = "{\"response\":{\"status\":\"%d\",\"outcome\":%s}}"
                .formatted(answer.status(), answer.body())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[][] all = new byte[count][];
        Arrays.fill(all, refused);
        return List.of(all);
    }

    private static void send(HttpServerResponse response, Answer answer) {
        PASSED_BACK.forEach(name -> answer.headers()
                .getAll(name)
                .forEach(value -> response.headers().add(name, value)));
        response.setStatusCode(answer.status()).end(answer.body());
    }
}
