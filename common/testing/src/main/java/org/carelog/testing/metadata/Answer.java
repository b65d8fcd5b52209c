package org.carelog.testing.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;

/** What the service answers, read when something of it is asked for. */
record Answer(HttpResponse<String> http) {
    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return http.statusCode();
    }

    String body() {
        return http.body();
    }

    /** Empty: there is none. */
    String header(String name) {
        return http.headers().firstValue(name).orElse("");
    }

    /** The value at a JSON Pointer; null: there is none. */
    String at(String pointer) {
        return json().at(pointer).asText(null);
    }

    /** The URL of a Bundle's link to itself. */
    String self() {
        for (JsonNode link : json().path("link")) {
            if (link.path("relation").asText().equals("self")) {
                return link.path("url").asText();
            }
        }
        return "";
    }

    private JsonNode json() {
        try {
            return JSON.readTree(http.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
