package org.carelog.records.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Leads methods that JAX-RS has no annotation for to the gate as well, where they are refused and recorded. */
final class OtherMethods {
    private static final Set<String> SERVED = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String METHOD = OtherMethods.class.getName();

    void register(@Observes Filters filters) {
        filters.register(OtherMethods::reroute, 1000);
    }

    private static void reroute(RoutingContext context) {
        String method = context.request().method().name();
        if (SERVED.contains(method) || context.get(METHOD) != null) {
            context.next();
        } else {
            context.put(METHOD, method);
            context.reroute(HttpMethod.GET, context.request().uri());
        }
    }

    /** The method as the client sent it. */
    static String asSent(RoutingContext context) {
        String other = context.get(METHOD);
        return other == null ? context.request().method().name() : other;
    }
}
