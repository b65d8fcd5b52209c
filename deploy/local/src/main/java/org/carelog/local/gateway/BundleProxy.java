package org.carelog.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.local.gateway.BundleSlices.Slice;
import org.carelog.local.gateway.WholeRequests.Answer;

/**
 * Answers {@code POST /fhir}: sends each service its entries of a batch, in the format in which they came, and puts the
 * answers together in the order of the requests, in the format that the services give. What is no Bundle goes to a service
 * as it is, to be refused there and recorded.
 *
 * <p>The Bundle is held in memory; one above {@link WholeRequests#LARGEST} is refused before it is read to its end.
 */
final class BundleProxy {

    /** When no service answered. */
    private static final Answer NONE =
            new Answer(200, MultiMap.caseInsensitiveMultiMap().add("Content-Type", Answers.FHIR_JSON), Buffer.buffer());

    private record Plan(BundleFormat format, BundleSlices bundle, List<BundleRoutes.Part> parts) {}

    private final Vertx vertx;
    private final WholeRequests whole;
    private final Backend backend;

    BundleProxy(Vertx vertx, WholeRequests whole, Backend backend) {
        this.vertx = vertx;
        this.whole = whole;
        this.backend = backend;
    }

    void handle(HttpServerRequest request) {
        MultiMap headers = WholeRequests.headers(request);
        BundleFormat format = BundleFormat.of(headers.get("Content-Type"));
        whole.body(request)
                .compose(body -> vertx.executeBlocking(() -> plan(format, body.getBytes()), false)
                        .compose(plan -> answer(request, headers, body, plan)))
                .onSuccess(answer -> WholeRequests.send(request.response(), answer))
                .onFailure(failure -> WholeRequests.refuse(request, failure));
    }

    private Plan plan(BundleFormat format, byte[] body) {
        try {
            BundleSlices bundle = format.cut(body);
            return new Plan(format, bundle, BundleRoutes.of(bundle, backend::ownerOrFallback));
        } catch (IOException e) {
            return new Plan(format, new BundleSlices("", Map.of(), List.of()), List.of());
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
                .map(part -> ask(part.upstream(), request.uri(), headers, entriesOf(plan, part)))
                .toList();
        return Future.join(asked).transform(_ -> vertx.executeBlocking(() -> together(plan, asked), false));
    }

    private static Buffer entriesOf(Plan plan, BundleRoutes.Part part) {
        BundleSlices bundle = plan.bundle();
        return Buffer.buffer(plan.format()
                .together(
                        bundle.type(),
                        part.indexes().stream()
                                .map(index -> bundle.entries().get(index).bytes())
                                .toList()));
    }

    private Future<Answer> ask(Upstream upstream, String uri, MultiMap headers, Buffer body) {
        return whole.ask(upstream, HttpMethod.POST, uri, headers, body);
    }

    /** What one service refuses as a whole fails its entries; nobody is known to nobody. */
    private static Answer together(Plan plan, List<Future<Answer>> asked) throws IOException {
        List<Answer> answers =
                asked.stream().filter(Future::succeeded).map(Future::result).toList();
        Optional<Answer> unknown =
                answers.stream().filter(answer -> answer.status() == 401).findFirst();
        if (unknown.isPresent()) {
            return unknown.get();
        }
        Answer model = answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .or(() -> answers.stream().findFirst())
                .orElse(NONE);
        BundleFormat format = BundleFormat.of(model.headers().get("Content-Type"));
        byte[][] entries = new byte[plan.bundle().entries().size()][];
        for (int i = 0; i < asked.size(); i++) {
            BundleRoutes.Part part = plan.parts().get(i);
            List<byte[]> own = entries(asked.get(i), part, format);
            for (int k = 0; k < own.size(); k++) {
                entries[part.indexes().get(k)] = own.get(k);
            }
        }
        return new Answer(200, model.headers(), Buffer.buffer(format.together("batch-response", List.of(entries))));
    }

    private static List<byte[]> entries(Future<Answer> asked, BundleRoutes.Part part, BundleFormat format)
            throws IOException {
        int count = part.indexes().size();
        if (asked.failed()) {
            Refusal refusal = unavailable(part.upstream(), asked.cause());
            return refused(count, format, refusal.status(), format.outcome(refusal));
        }
        Answer answer = asked.result();
        if (answer.status() != 200) {
            return refused(count, format, answer.status(), answer.body().toString());
        }
        List<Slice> entries = format.cut(answer.body().getBytes()).entries();
        if (entries.size() != count) {
            throw new IOException("a service left entries unanswered");
        }
        return entries.stream().map(Slice::bytes).toList();
    }

    private static List<byte[]> refused(int count, BundleFormat format, int status, String outcome) {
        return Collections.nCopies(count, format.refused(status, outcome).getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal unavailable(Upstream upstream, Throwable failure) {
        Refusal refusal = Backend.refusal(failure, upstream.name());
        Answers.log(refusal);
        return refusal;
    }
}
