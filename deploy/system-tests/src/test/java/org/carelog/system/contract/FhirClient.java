package org.carelog.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Tokens;

/** Writes, reads and lists resources by the FHIR API, patients as a registrar, others as a clinician. */
final class FhirClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Tokens tokens;

    FhirClient(Carelog carelog) {
        base = carelog.fhir().toString();
        tokens = new Tokens(carelog);
    }

    /** {@code [type]/[id]} of all that a search finds. */
    Set<String> all(String type) throws IOException, InterruptedException {
        Set<String> all = new TreeSet<>();
        String next = base + "/" + type + "?_count=500";
        while (!next.isEmpty()) {
            JsonNode page = JSON.readTree(send(to(next)).body());
            page.path("entry")
                    .forEach(entry ->
                            all.add(type + "/" + entry.at("/resource/id").asText()));
            next = "";
            for (JsonNode link : page.path("link")) {
                next = link.path("relation").asText().equals("next")
                        ? link.path("url").asText()
                        : next;
            }
        }
        return all;
    }

    byte[] read(String reference) throws IOException, InterruptedException {
        return send(to(base + "/" + reference)).body();
    }

    /** @return {@code [type]/[id]} */
    String create(String resource) throws IOException, InterruptedException {
        String type = JSON.readTree(resource).path("resourceType").asText();
        HttpResponse<byte[]> answer = send(to(base + "/" + type).POST(BodyPublishers.ofString(resource)));
        return type + "/" + JSON.readTree(answer.body()).path("id").asText();
    }

    void update(String reference, String resource) throws IOException, InterruptedException {
        send(to(base + "/" + reference).PUT(BodyPublishers.ofString(resource)));
    }

    void delete(String reference) throws IOException, InterruptedException {
        send(to(base + "/" + reference).DELETE());
    }

    private HttpRequest.Builder to(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .header(
                        "Authorization",
                        "Bearer " + tokens.of(address.contains("/Patient") ? "registrar" : "clinician"))
                .header("Content-Type", "application/fhir+json")
                .header("Accept", "application/fhir+json");
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("answered " + answer.statusCode());
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
