package org.carelog.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.carelog.local.client.FhirAnswer;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.load.BearerTokens;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;

/** What is asked of the audit log, as the demo user {@code compliance}. What is refused is said in the exception. */
final class ComplianceCalls implements AutoCloseable {
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
        return FhirAnswer.resource(calls.get(address, tokens.current()));
    }

    /** @param path below {@code AuditEvent} */
    JsonNode post(String path, String resource) throws IOException, InterruptedException {
        return FhirAnswer.resource(calls.post(URI.create(base + "/AuditEvent" + path), tokens.current(), resource));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        calls.close();
    }
}
