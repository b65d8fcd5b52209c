package org.carelog.records.rest;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Predicate;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Hosting;
import org.carelog.fhir.HostedTypes;

/**
 * Says on the management port, to the gateway, which types clients find here, and of which it keeps copies:
 * {@code GET /carelog/types}. What this service only keeps copies of is not among the first.
 */
@ApplicationScoped
class OwnedTypes {
    private static final String ADDRESS = "/carelog/types";

    private final HostedTypes types;

    OwnedTypes(HostedTypes types) {
        this.types = types;
    }

    void serve(@Observes ManagementInterface management) {
        String body = new JsonObject()
                .put("owned", names(type -> type.hosting() != Hosting.PROJECTED))
                .put("copied", names(HostedType::isProjected))
                .encode();
        management.router().get(ADDRESS).handler(context -> context.json(new JsonObject(body)));
    }

    private JsonArray names(Predicate<HostedType> wanted) {
        JsonArray names = new JsonArray();
        types.all().stream().filter(wanted).map(HostedType::name).forEach(names::add);
        return names;
    }
}
