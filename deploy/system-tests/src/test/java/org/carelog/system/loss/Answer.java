package org.carelog.system.loss;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carelog.system.history.Content;
import org.carelog.system.history.Reference;
import org.carelog.system.history.Version;

/**
 * What a client got from a service: it has its request's id. What comes of the gateway alone has none.
 *
 * @param asked method and address
 * @param body null: it is no JSON, or there is none
 */
record Answer(String requestId, String asked, int status, JsonNode body) {

    static Answer of(String requestId, HttpResponse<byte[]> response) {
        return new Answer(
                requestId,
                response.request().method() + " " + response.request().uri(),
                response.statusCode(),
                parsed(response.body()));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return body.length == 0 ? null : Content.parsed(body);
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    boolean isGood() {
        return status < 300;
    }

    /** The status of each entry that the ledger has to have: of a Bundle also those of what is in it. */
    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>(List.of(status));
        if (isBundle("batch-response") || isBundle("transaction-response")) {
            for (JsonNode entry : body.path("entry")) {
                statuses.add(
                        Integer.valueOf(entry.at("/response/status").asText().substring(0, 3)));
            }
        }
        return statuses;
    }

    private boolean isBundle(String type) {
        return body != null && body.path("type").asText().equals(type);
    }

    /** The versions that are in it. */
    Set<Version> shown() {
        Set<Version> shown = new HashSet<>();
        if (isGood() && body != null) {
            add(shown, body);
            body.path("entry").forEach(entry -> add(shown, entry.path("resource")));
        }
        return shown;
    }

    private static void add(Set<Version> shown, JsonNode resource) {
        if (resource.at("/meta/versionId").isTextual() && resource.path("id").isTextual()) {
            shown.add(new Reference(
                            resource.path("resourceType").asText(),
                            resource.path("id").asText())
                    .version(resource.at("/meta/versionId").asLong()));
        }
    }

    Optional<URI> next() {
        if (isGood() && body != null) {
            for (JsonNode link : body.path("link")) {
                if (link.path("relation").asText().equals("next")) {
                    return Optional.of(URI.create(link.path("url").asText()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether it says that it could not be recorded: then it shows nothing, and may have no entry. */
    boolean isUnrecorded() {
        return status == 503
                && body != null
                && body.at("/issue/0/diagnostics").asText().contains("audit journal");
    }

    @Override
    public String toString() {
        return "%s, %s, answered %d".formatted(requestId, asked, status);
    }
}
