package org.carelog.testing.metadata;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;

/** A request before it is sent: in FHIR's JSON, where it does not say otherwise. */
final class Question {
    private static final String FHIR_JSON = "application/fhir+json";

    private final Map<String, String> headers = new HashMap<>(Map.of("Accept", FHIR_JSON, "Content-Type", FHIR_JSON));
    private BodyPublisher body = BodyPublishers.noBody();

    Question header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Question accept(String mediaType) {
        return header("Accept", mediaType);
    }

    Question contentType(String mediaType) {
        return header("Content-Type", mediaType);
    }

    Question body(String text) {
        body = BodyPublishers.ofString(text);
        return this;
    }

    HttpRequest to(String method, URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).method(method, body);
        headers.forEach(request::header);
        return request.build();
    }
}
