package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.access.Visibility;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Bundles;
import org.carelog.fhir.Bundles.Found;
import org.carelog.fhir.Bundles.Link;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.Operation;
import org.carelog.records.RecordsConfig;
import org.carelog.records.index.Match;
import org.carelog.records.interaction.LastN;
import org.carelog.records.interaction.Search;

/** A search's answer as a searchset. */
@ApplicationScoped
class SearchBundle {
    private final RecordsConfig config;
    private final Search search;

    SearchBundle(RecordsConfig config, Search search) {
        this.config = config;
        this.search = search;
    }

    Answer answer(FhirRequest request, HostedType type, Function<String, Visibility> visible, String asker) {
        Map<Boolean, List<Map.Entry<String, String>>> parameters = request.parameters().stream()
                .collect(Collectors.partitioningBy(
                        parameter -> Negotiation.isInLinks(parameter.getKey(), parameter.getValue())));
        List<Map.Entry<String, String>> form = parameters.get(true);
        Search.Result result = search.apply(type, parameters.get(false), visible, asker);
        String base = config.baseUrl() + "/" + type.name();
        List<Link> links = new ArrayList<>();
        links.add(new Link("self", base + query(together(result.query().understood(), form))));
        result.page()
                .nextPageToken()
                .ifPresent(token -> links.add(new Link(
                        "next", base + query(together(List.of(Map.entry(Search.PAGE, token)), form)))));
        List<Found> found = Stream.concat(
                        result.page().matches().stream().map(match -> found(match, "match")),
                        result.page().included().stream().map(match -> found(match, "include")))
                .toList();
        List<Entity> shown = Stream.concat(result.page().matches().stream(), result.page().included().stream())
                .map(SearchBundle::entity)
                .toList();
        return Answer.of(200, Bundles.searchset(result.page().total(), links, found))
                .showing(shown);
    }

    /** All that an operation has found, on one page. */
    Answer answer(HostedType type, LastN.Result result, FhirRequest request, Operation operation) {
        List<Map.Entry<String, String>> form = request.parameters().stream()
                .filter(parameter -> Negotiation.isInLinks(parameter.getKey(), parameter.getValue()))
                .toList();
        String self = "%s/%s/$%s%s"
                .formatted(config.baseUrl(), type.name(), operation.code(), query(together(result.understood(), form)));
        return Answer.of(
                        200,
                        Bundles.searchset(
                                OptionalLong.of(result.matches().size()),
                                List.of(new Link("self", self)),
                                result.matches().stream()
                                        .map(match -> found(match, "match"))
                                        .toList()))
                .showing(result.matches().stream().map(SearchBundle::entity).toList());
    }

    private static Entity entity(Match match) {
        return new Entity(match.type(), match.id(), match.version(), match.patientId());
    }

    private static List<Map.Entry<String, String>> together(
            List<Map.Entry<String, String>> chosen, List<Map.Entry<String, String>> form) {
        return Stream.concat(chosen.stream(), form.stream()).toList();
    }

    private Found found(Match match, String mode) {
        return new Found("%s/%s/%s".formatted(config.baseUrl(), match.type(), match.id()), match.content(), mode);
    }

    private static String query(List<Map.Entry<String, String>> understood) {
        return understood.isEmpty()
                ? ""
                : understood.stream()
                        .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
