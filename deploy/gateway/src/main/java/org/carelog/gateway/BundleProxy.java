package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.carelog.gateway.BundleSlices.Slice;
import org.carelog.gateway.WholeRequests.Answer;

/**
 * Answers {@code POST /fhir}: sends each service its entries of a batch, in the format in which they came, and puts the
 * answers together in the order of the requests, in the format that the services give. An entry that a service refuses because
 * its resource is another's goes there, once. What is no Bundle goes to a service as it is, to be refused there and recorded.
 *
 * <p>The Bundle is held in memory; one above {@link WholeRequests#LARGEST} is refused before it is read to its end.
 */
final class BundleProxy {

    /** When no service answered. */
    private static final Answer NONE = new Answer(
            200,
            MultiMap.caseInsensitiveMultiMap().add("Content-Type", BundleFormat.JSON.mediaType()),
            Buffer.buffer());

    private record Plan(BundleFormat format, BundleSlices bundle, List<BundleRoutes.Part> parts) {}

    private record Asked(BundleRoutes.Part part, Future<Answer> answer) {
        boolean answered() {
            return answer.succeeded() && answer.result().status() == 200;
        }
    }

    private final WholeRequests whole;
    private final Backend backend;

    BundleProxy(WholeRequests whole, Backend backend) {
        this.whole = whole;
        this.backend = backend;
    }

    void handle(HttpServerRequest request) {
        MultiMap headers = WholeRequests.headers(request);
        BundleFormat format = BundleFormat.of(headers.get("Content-Type"));
        whole.body(request)
                .compose(body -> whole.aside(() -> plan(format, body.getBytes()))
                        .compose(plan -> answer(request, headers, body, plan)))
                .onSuccess(answer -> WholeRequests.send(request.response(), answer))
                .onFailure(failure -> WholeRequests.refuse(request, failure));
    }

    private Plan plan(BundleFormat format, byte[] body) {
        try {
            BundleSlices bundle = format.cut(body);
            return new Plan(
                    format, bundle, new BundleRoutes(backend::upstreamOrFallback, backend::isShared).of(bundle));
        } catch (IOException e) {
            return new Plan(format, new BundleSlices(OptionalLong.empty(), "", Map.of(), List.of()), List.of());
        }
    }

    private Future<Answer> answer(HttpServerRequest request, MultiMap headers, Buffer body, Plan plan) {
        if (!backend.isKnown()) {
            return Future.failedFuture(new Backend.Unreachable(backend.unknown(), null));
        }
        if (plan.parts().isEmpty()) {
            return ask(backend.upstreamOrFallback(new Destination.Base()), request.uri(), headers, body);
        }
        boolean isWhole = plan.parts().size() == 1;
        List<Asked> asked = plan.parts().stream()
                .map(part -> new Asked(
                        part, ask(part.upstream(), request.uri(), headers, isWhole ? body : entriesOf(plan, part))))
                .toList();
        return joined(asked, () -> moved(plan, asked)).compose(moved -> {
            if (isWhole && moved.isEmpty()) {
                return asked.getFirst().answer();
            }
            List<Asked> all = new ArrayList<>(asked);
            moved.forEach(part ->
                    all.add(new Asked(part, ask(part.upstream(), request.uri(), headers, entriesOf(plan, part)))));
            return joined(all, () -> together(plan, all));
        });
    }

    /** What is made of the answers when all are there, or have failed. */
    private <T> Future<T> joined(List<Asked> asked, Callable<T> made) {
        return Future.join(asked.stream().map(Asked::answer).toList()).transform(_ -> whole.aside(made));
    }

    /** The entries that belong to another service than the one that was asked, as that says. */
    private List<BundleRoutes.Part> moved(Plan plan, List<Asked> asked) throws IOException {
        BundleSlices bundle = plan.bundle();
        if (!bundle.type().equals("batch")
                || bundle.entries().stream().noneMatch(entry -> backend.isShared(entry.resourceType()))) {
            return List.of();
        }
        Map<Upstream, List<Integer>> moved = new LinkedHashMap<>();
        for (Asked one : asked) {
            List<Slice> entries = one.answered()
                    ? BundleFormat.of(one.answer().result().headers().get("Content-Type"))
                            .cut(one.answer().result().body().getBytes())
                            .entries()
                    : List.of();
            for (int k = 0; k < Math.min(entries.size(), one.part().indexes().size()); k++) {
                int index = one.part().indexes().get(k);
                backend.named(entries.get(k).owner())
                        .filter(owner -> !owner.equals(one.part().upstream()))
                        .ifPresent(owner -> moved.computeIfAbsent(owner, _ -> new ArrayList<>())
                                .add(index));
            }
        }
        return moved.entrySet().stream()
                .map(part -> new BundleRoutes.Part(part.getKey(), List.copyOf(part.getValue())))
                .toList();
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

    /** What one service refuses as a whole fails its entries; nobody is known to nobody. Of an entry's answers the last counts. */
    private static Answer together(Plan plan, List<Asked> asked) throws IOException {
        List<Answer> answers = asked.stream()
                .map(Asked::answer)
                .filter(Future::succeeded)
                .map(Future::result)
                .toList();
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
        for (Asked one : asked) {
            List<byte[]> own = entries(one.answer(), one.part(), format);
            for (int k = 0; k < own.size(); k++) {
                entries[one.part().indexes().get(k)] = own.get(k);
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
