package org.carelog.encounter.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.testing.RealPlatform;

/** The service as its clients see it. Thread-safe. */
final class Service implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORBIDDEN = 403;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Service(URI base) {
        this.base = base.toString();
    }

    record Answer(int status, JsonNode body) {}

    /** @param included by {@code Type/id}, as the matches */
    record Page(List<String> matches, Set<String> included, OptionalLong total) {
        static Page of(JsonNode bundle) {
            List<String> matches = new ArrayList<>();
            Set<String> included = new TreeSet<>();
            for (JsonNode entry : bundle.path("entry")) {
                String name = nameOf(entry.path("resource"));
                boolean isMatch = entry.path("search").path("mode").asText().equals("match");
                (isMatch ? matches : included).add(name);
            }
            JsonNode total = bundle.path("total");
            return new Page(
                    matches, included, total.isNumber() ? OptionalLong.of(total.longValue()) : OptionalLong.empty());
        }
    }

    static String nameOf(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    /** All pages of a search, one after the other. */
    List<Page> pages(String search) {
        List<Page> pages = new ArrayList<>();
        String next = search;
        while (next != null) {
            Answer answer = get(next);
            if (answer.status() != 200) {
                throw new AssertionError("%d: %s".formatted(answer.status(), answer.body()));
            }
            pages.add(Page.of(answer.body()));
            next = next(answer.body());
        }
        return pages;
    }

    private static String next(JsonNode bundle) {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url")
                        .asText()
                        .substring(References.BASE.length() - 1)
                        .replaceFirst("^/", "");
            }
        }
        return null;
    }

    Answer get(String address) {
        return send(request(address).GET());
    }

    Answer put(JsonNode resource) {
        return send(request(nameOf(resource))
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(resource.toString())));
    }

    Answer post(JsonNode resource) {
        return post(resource.path("resourceType").asText(), resource);
    }

    Answer transaction(JsonNode bundle) {
        return post("", bundle);
    }

    private Answer post(String address, JsonNode body) {
        return send(request(address)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** By who may: clinicians what is of care, registrars the rest. */
    Answer delete(String name) {
        Answer answer = send(request(name, "clinician").DELETE());
        return answer.status() == FORBIDDEN ? send(request(name, "registrar").DELETE()) : answer;
    }

    private HttpRequest.Builder request(String address) {
        return request(address, "clinician");
    }

    private HttpRequest.Builder request(String address, String user) {
        return HttpRequest.newBuilder(URI.create(address.isEmpty() ? base : base + "/" + address))
                .header("Authorization", "Bearer " + RealPlatform.token(user))
                .header("Accept", "application/fhir+json");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
