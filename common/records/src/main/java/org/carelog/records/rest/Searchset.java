package org.carelog.records.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Bundles;
import org.carelog.fhir.Bundles.Found;
import org.carelog.fhir.Bundles.Link;
import org.carelog.records.index.Match;

/** A Bundle of what was found, and what it shows, for the journal. */
final class Searchset {
    private final String baseUrl;
    private final FhirRequest request;

    Searchset(String baseUrl, FhirRequest request) {
        this.baseUrl = baseUrl;
        this.request = request;
    }

    Answer answer(OptionalLong total, List<Link> links, List<Match> matches, List<Match> included) {
        return Answer.of(
                        200,
                        Bundles.searchset(
                                total,
                                links,
                                Stream.concat(found(matches, "match"), found(included, "include"))
                                        .toList()))
                .showing(Stream.concat(matches.stream(), included.stream())
                        .map(match -> new Entity(match.type(), match.id(), match.version(), match.patientId()))
                        .toList());
    }

    private Stream<Found> found(List<Match> matches, String mode) {
        return matches.stream()
                .map(match -> new Found(baseUrl + "/" + match.type() + "/" + match.id(), match.content(), mode));
    }

    /**
     * A link that says again how the client wants the answer.
     *
     * @param address relative to the base
     */
    Link link(String relation, String address, List<Map.Entry<String, String>> parameters) {
        String query = Stream.concat(
                        parameters.stream(),
                        request.parameters().stream()
                                .filter(parameter -> Negotiation.isInLinks(parameter.getKey(), parameter.getValue())))
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return new Link(relation, baseUrl + "/" + address + (query.isEmpty() ? "" : "?" + query));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
