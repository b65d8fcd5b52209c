package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.gateway.WholeRequests.Answer;

/**
 * Answers a search of all types, or of all that is in a compartment: asks every service for its page, as the client would, and makes
 * one page of them. Who may read nothing of one service gets what the others have.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#search">FHIR R4, search</a>
 */
final class SystemSearch {
    private static final String TYPE = "_type";
    private static final String PAGE = "_page";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String PREFER = "Prefer";

    /** Nothing that the asker may read, or nothing that is in such a compartment. */
    private static final Set<Integer> NOTHING_THERE = Set.of(403, 404);

    private final WholeRequests whole;
    private final Backend backend;
    private final Routes routes;
    private final List<Upstream> services;

    SystemSearch(WholeRequests whole, Backend backend, Routes routes, List<Upstream> services) {
        this.whole = whole;
        this.backend = backend;
        this.routes = routes;
        this.services = services;
    }

    void handle(HttpServerRequest request) {
        if (MergedPage.refuses(request, backend)) {
            return;
        }
        MultiMap headers = WholeRequests.headers(request);
        headers.set(
                PREFER,
                Stream.concat(Stream.of("places"), request.headers().getAll(PREFER).stream())
                        .collect(Collectors.joining(",")));
        if (request.method().equals(HttpMethod.POST) && !headers.contains(CONTENT_TYPE)) {
            headers.set(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        Parameters ofAddress = Parameters.of(request.query());
        whole.body(request)
                .map(form -> ofAddress.and(Parameters.of(form.toString())))
                .compose(sent -> answer(request, headers, sent))
                .onSuccess(answer -> WholeRequests.send(request.response(), answer))
                .onFailure(failure -> WholeRequests.refuse(request, failure));
    }

    private Future<Answer> answer(HttpServerRequest request, MultiMap headers, Parameters sent) {
        SearchPlace start = new SearchPlace(sent, Collections.nCopies(services.size(), SearchPlace.START));
        // what is no place is sent on, to be refused there, and recorded
        SearchPlace place = Optional.of(sent.all(PAGE))
                .filter(pages -> pages.size() == 1)
                .flatMap(pages -> SearchPlace.of(pages.getFirst(), services.size()))
                .filter(page -> ranks().anyMatch(
                                rank -> parameters(page, rank, sent.ofForm()).isPresent()))
                .orElse(start);
        List<Future<Answer>> asked = ranks().mapToObj(rank -> parameters(place, rank, sent.ofForm())
                        .map(parameters -> ask(request, services.get(rank), headers, parameters))
                        .orElseGet(Future::succeededFuture))
                .toList();
        return Future.all(asked)
                .compose(all -> MergedPage.of(
                        whole,
                        all.list(),
                        NOTHING_THERE,
                        (format, pages) -> SearchPage.of(format, pages, place, sent.ofForm())));
    }

    private IntStream ranks() {
        return IntStream.range(0, services.size());
    }

    /** What a service is asked; empty: it has nothing of what is wanted. */
    private Optional<Parameters> parameters(SearchPlace place, int rank, Parameters form) {
        String own = place.services().get(rank);
        return switch (own) {
            case SearchPlace.DONE -> Optional.empty();
            case SearchPlace.START -> ofTypes(place.search(), rank);
            default -> Optional.of(form.with(PAGE, own));
        };
    }

    /** A type that nobody owns is the first one's to refuse. */
    private Optional<Parameters> ofTypes(Parameters search, int rank) {
        if (search.all(TYPE).size() != 1) {
            return Optional.of(search);
        }
        String own = Stream.of(search.all(TYPE).getFirst().split(",", -1))
                .filter(type -> routes.owned(services.get(rank)).contains(type)
                        || (rank == 0 && routes.owner(type).isEmpty()))
                .map(type -> URLEncoder.encode(type, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        boolean isNone = own.isEmpty() && !(rank == 0 && search.all(TYPE).equals(List.of("")));
        return isNone ? Optional.empty() : Optional.of(search.without(TYPE).with(TYPE, own));
    }

    private Future<Answer> ask(HttpServerRequest request, Upstream service, MultiMap headers, Parameters parameters) {
        return request.method().equals(HttpMethod.POST)
                ? whole.ask(service, HttpMethod.POST, request.path(), headers, Buffer.buffer(parameters.toString()))
                : whole.ask(service, HttpMethod.GET, parameters.after(request.path()), headers, Buffer.buffer());
    }
}
