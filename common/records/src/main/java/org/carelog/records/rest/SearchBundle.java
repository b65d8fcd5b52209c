package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carelog.access.Actor;
import org.carelog.access.Policy;
import org.carelog.access.Visibility;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Bundles.Link;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.Operation;
import org.carelog.fhir.OperationOutcomes;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchScope;
import org.carelog.records.RecordsConfig;
import org.carelog.records.index.CompartmentPage;
import org.carelog.records.index.Match;
import org.carelog.records.interaction.Everything;
import org.carelog.records.interaction.LastN;
import org.carelog.records.interaction.Search;

/** The answer of a search, or of an operation that finds resources, as a searchset. */
@ApplicationScoped
class SearchBundle {
    private final RecordsConfig config;
    private final Search search;

    SearchBundle(RecordsConfig config, Search search) {
        this.config = config;
        this.search = search;
    }

    Answer answer(FhirRequest request, SearchScope scope, Function<String, Visibility> visible, Actor asker) {
        List<Map.Entry<String, String>> parameters = request.parameters().stream()
                .filter(parameter -> !Negotiation.isInLinks(parameter.getKey(), parameter.getValue()))
                .toList();
        Search.Result result = search.apply(
                scope,
                parameters,
                new Search.Manner(
                        Preference.isLenient(request), Preference.wantsPlaces(request), Policy.mayOperate(asker)),
                visible,
                asker.subject());
        Searchset set = new Searchset(config.baseUrl());
        Links to = new Links(config.baseUrl(), request);
        List<Link> links = new ArrayList<>();
        links.add(to.link("self", scope.address(), result.query().understood()));
        result.page().next().ifPresent(token -> links.add(to.link("next", scope.address(), page(token))));
        if (result.query().beside().isPresent()) {
            links.add(to.link("first", scope.address(), result.query().understood()));
        }
        result.page().previous().ifPresent(token -> links.add(to.link("previous", scope.address(), page(token))));
        return set.answer(
                result.page().total(),
                links,
                result.page().matches(),
                result.places(),
                result.page().included(),
                outcomes(result));
    }

    private static List<byte[]> outcomes(Search.Result result) {
        List<byte[]> outcomes = new ArrayList<>();
        if (!result.query().ignored().isEmpty()) {
            outcomes.add(OperationOutcomes.ignored(result.query().ignored()));
        }
        if (!result.page().plans().isEmpty()) {
            outcomes.add(OperationOutcomes.explained(result.page().plans()));
        }
        return outcomes;
    }

    private static List<Map.Entry<String, String>> page(String token) {
        return List.of(Map.entry(SearchQuery.PAGE, token));
    }

    /** All that an operation has found, on one page. */
    Answer answer(HostedType type, LastN.Result result, FhirRequest request, Operation operation) {
        Link self = new Links(config.baseUrl(), request)
                .link("self", "%s/$%s".formatted(type.name(), operation.code()), result.understood());
        return new Searchset(config.baseUrl())
                .answer(OptionalLong.of(result.matches().size()), List.of(self), result.matches(), List.of());
    }

    /**
     * A page of what there is about a resource, of which the journal is told in any case.
     *
     * @param self relative to the base
     */
    Answer answer(
            String self, List<Map.Entry<String, String>> understood, Everything.Result result, FhirRequest request) {
        Searchset set = new Searchset(config.baseUrl());
        Links to = new Links(config.baseUrl(), request);
        List<Link> links = new ArrayList<>();
        links.add(to.link("self", self, understood));
        result.next().ifPresent(next -> links.add(to.link("next", next.address(), next.parameters())));
        CompartmentPage page = result.page();
        Answer answer = set.answer(OptionalLong.empty(), links, page.members(), page.referenced());
        Match root = page.root();
        return page.tellsRoot()
                ? answer
                : answer.showing(Stream.concat(
                                Stream.of(new Entity(root.type(), root.id(), null, root.patientId())),
                                answer.entities().stream())
                        .toList());
    }
}
