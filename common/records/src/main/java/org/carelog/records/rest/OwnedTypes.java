package org.carelog.records.rest;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Hosting;
import org.carelog.fhir.HostedTypes;

/**
 * Says on the management port, to the gateway, which types clients find here: {@code GET /carelog/types}. What this
 * service only keeps a copy of is not among them.
 */
@ApplicationScoped
class OwnedTypes {
    private static final String ADDRESS = "/carelog/types";

    private final HostedTypes types;

    OwnedTypes(HostedTypes types) {
        this.types = types;
    }

    void serve(@Observes ManagementInterface management) {
        JsonArray owned = new JsonArray();
        types.all().stream()
                .filter(type -> type.hosting() != Hosting.PROJECTED)
                .map(HostedType::name)
                .forEach(owned::add);
        String body = new JsonObject().put("owned", owned).encode();
        management.router().get(ADDRESS).handler(context -> context.json(new JsonObject(body)));
    }
}
