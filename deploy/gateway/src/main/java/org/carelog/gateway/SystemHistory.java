package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.gateway.WholeRequests.Answer;

/**
 * Answers {@code GET /fhir/_history}: asks every service for its page, as the client would, and makes one page of them. Who
 * may read nothing of one service gets what the others have.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#history">FHIR R4, history</a>
 */
final class SystemHistory {
    /** Nothing that the asker may read. */
    private static final Set<Integer> NOTHING_THERE = Set.of(403);

    private final WholeRequests whole;
    private final Backend backend;
    private final List<Upstream> services;

    SystemHistory(WholeRequests whole, Backend backend, List<Upstream> services) {
        this.whole = whole;
        this.backend = backend;
        this.services = services;
    }

    void handle(HttpServerRequest request) {
        if (MergedPage.refuses(request, backend)) {
            return;
        }
        MultiMap headers = WholeRequests.headers(request);
        List<String> pages = request.params().getAll("_page");
        Optional<HistoryPlace> from =
                pages.size() == 1 ? HistoryPlace.of(pages.getFirst()) : Optional.<HistoryPlace>empty();
        // what is not understood is sent as it cannot be meant, to be refused there, and recorded
        boolean understood = pages.isEmpty() || from.isPresent();
        List<Future<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            int rank = i;
            String page = understood ? from.map(place -> place.in(rank)).orElse(null) : "unknown";
            asked.add(whole.ask(services.get(i), HttpMethod.GET, address(request, page), headers, Buffer.buffer()));
        }
        Future.all(asked)
                .compose(all -> MergedPage.of(
                        whole, all.list(), NOTHING_THERE, (format, bundles) -> HistoryPage.of(format, bundles, from)))
                .onSuccess(answer -> WholeRequests.send(request.response(), answer))
                .onFailure(failure -> WholeRequests.refuse(request, failure));
    }

    private static String address(HttpServerRequest request, String page) {
        Stream<String> kept = Arrays.stream(
                        Optional.ofNullable(request.query()).orElse("").split("&"))
                .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("_page="));
        String query = Stream.concat(kept, Stream.ofNullable(page).map(token -> "_page=" + token))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? request.path() : request.path() + "?" + query;
    }
}
