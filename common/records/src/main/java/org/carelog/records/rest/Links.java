package org.carelog.records.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.fhir.Bundles.Link;

/** The links of a Bundle, each of which says again how the client wants the answer. */
record Links(String baseUrl, FhirRequest request) {

    /** @param address relative to the base */
    Link link(String relation, String address, List<Map.Entry<String, String>> parameters) {
        String query = Stream.concat(
                        parameters.stream(),
                        request.parameters().stream()
                                .filter(parameter -> Negotiation.isInLinks(parameter.getKey(), parameter.getValue())))
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return new Link(
                relation, baseUrl + (address.isEmpty() ? "" : "/" + address) + (query.isEmpty() ? "" : "?" + query));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
