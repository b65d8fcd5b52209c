package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carelog.system.trace.Collector;
import org.carelog.system.trace.Span;

/** docs/monitoring.md, Traces: what a write leaves at the collector of a system that has one. */
final class OneTrace {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String NEEDLE = "Needlefamily";
    private static final String CHANGED = "carelog.patient.changed.v1";

    private final Carelog carelog;
    private final Collector collector;
    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String patient = "mrn-" + UUID.randomUUID();

    OneTrace(Carelog carelog, Collector collector) {
        this.carelog = carelog;
        this.collector = collector;
    }

    /** A write is one trace, from the client over gateway, service and database to the other service's copy and the ledger. */
    void isOfAllThatAWriteDoes() throws Exception {
        // When
        assertThat(write()).isEqualTo(201);

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            Span gateway = only("gateway", "PUT /fhir/Patient");
            assertThat(gateway.parent()).isEqualTo(PARENT);
            Span request = under(gateway, "patient-service").getFirst();
            assertThat(request.attributes()).containsEntry("url.path", "/fhir/Patient");
            assertThat(under(request, "patient-service"))
                    .as("%s", collector.of(trace))
                    .anyMatch(part -> part.attributes()
                            .getOrDefault("db.query.text", "")
                            .contains("insert into resource_version"))
                    .anyMatch(part -> part.name().equals("send " + CHANGED));
            Span copy = only("encounter-service", "process " + CHANGED);
            assertThat(copy.parent()).isEqualTo(request.id());
            assertThat(only("audit-service", "process carelog.access.recorded.v1")
                            .parent())
                    .isEqualTo(request.id());
        });
        Result audit = carelog.run("audit", "--trace", trace, "--format", "csv");
        assertThat(audit.out().lines().skip(1))
                .as("%s", audit)
                .hasSize(1)
                .allMatch(line -> line.contains("update") && line.endsWith("," + trace));
        assertThat(collector.all())
                .noneMatch(span ->
                        span.toString().contains(NEEDLE) || span.toString().contains(patient));
    }

    private int write() throws Exception {
        String body = """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}]}""".formatted(patient, NEEDLE);
        HttpRequest request = HttpRequest.newBuilder(URI.create(carelog.fhir() + "/Patient/" + patient))
                .header("Authorization", "Bearer " + new Tokens(carelog).of("registrar"))
                .header("Content-Type", "application/fhir+json")
                .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private Span only(String service, String name) {
        List<Span> found = collector.of(trace).stream()
                .filter(span -> span.service().equals(service) && span.name().equals(name))
                .toList();
        assertThat(found)
                .as("%s of %s in %s", name, service, collector.of(trace))
                .hasSize(1);
        return found.getFirst();
    }

    private List<Span> under(Span parent, String service) {
        List<Span> found = collector.of(trace).stream()
                .filter(span -> span.service().equals(service) && span.parent().equals(parent.id()))
                .toList();
        assertThat(found).as("under %s in %s", parent, collector.of(trace)).isNotEmpty();
        return found;
    }
}
