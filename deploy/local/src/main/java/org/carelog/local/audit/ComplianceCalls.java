package org.carelog.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.load.BearerTokens;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;

/** What is asked of the audit log, as the demo user {@code compliance}. What is refused is said in the exception. */
final class ComplianceCalls implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final BearerTokens tokens;
    private final FhirCalls calls = new FhirCalls();

    private ComplianceCalls(URI base, BearerTokens tokens) {
        this.base = base;
        this.tokens = tokens;
    }

    static ComplianceCalls of(Installation installation) throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        var tokens = running.tokens();
        return new ComplianceCalls(running.fhirBase(), new BearerTokens(() -> tokens.token("compliance")));
    }

    /** @param path below {@code AuditEvent} */
    JsonNode get(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return get(URI.create(base + "/AuditEvent" + path + (query.isEmpty() ? "" : "?" + query)));
    }

    JsonNode get(URI address) throws IOException, InterruptedException {
        return body(calls.get(address, tokens.current()));
    }

    /** @param path below {@code AuditEvent} */
    JsonNode post(String path, String resource) throws IOException, InterruptedException {
        return body(calls.post(URI.create(base + "/AuditEvent" + path), tokens.current(), resource));
    }

    private static JsonNode body(HttpResponse<byte[]> answer) throws IOException {
        JsonNode body = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(body.path("issue")
                    .path(0)
                    .path("diagnostics")
                    .asText("the service answered " + answer.statusCode()));
        }
        return body;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        calls.close();
    }
}
