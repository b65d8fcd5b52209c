package org.carelog.system.workload;

import java.net.URI;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.carelog.system.history.Asked;
import org.carelog.system.history.Content;
import org.carelog.system.history.Reference;

/** Requests that must be refused, each with its status. For one thread. */
final class Refused {
    private final URI base;
    private final Client client;
    private final Population population;
    private final Random random;

    Refused(URI base, Client client, Population population, Random random) {
        this.base = base;
        this.client = client;
        this.population = population;
        this.random = random;
    }

    void send() throws InterruptedException {
        switch (random.nextInt(8)) {
            case 0 -> send("", "patient-service", "GET", 401, "/Patient?_count=1", null);
            case 1 -> send("compliance", "patient-service", "GET", 403, "/Patient?_count=1", null);
            case 2 -> send("clinician", "patient-service", "DELETE", 403, "/" + anyPatient(), null);
            case 3 -> send("clinician", "encounter-service", "GET", 400, "/Encounter?shoe-size=47", null);
            case 4 -> send("clinician", "patient-service", "POST", 400, "/Patient", "{\"resourceType\":\"Patient\"");
            case 5 -> send("clinician", "encounter-service", "POST", 422, "/Encounter", ofNobody());
            case 6 -> send("clinician", "encounter-service", "GET", 404, "/Encounter/there-is-none", null);
            default -> send("clinician", "audit-service", "GET", 403, "/AuditEvent?_count=1", null);
        }
    }

    private Reference anyPatient() {
        return population.any("Patient", random).orElse(new Reference("Patient", "nobody"));
    }

    private String ofNobody() {
        return Bodies.encounter(null, client.nextMarker(), new Reference("Patient", "nobody-at-all"), random);
    }

    private void send(String user, String service, String method, int status, String path, String body)
            throws InterruptedException {
        client.send(
                user,
                service,
                new Asked.Forbidden(method, status),
                URI.create(base + path),
                body == null ? null : Content.utf8(body),
                UnaryOperator.identity());
    }
}
