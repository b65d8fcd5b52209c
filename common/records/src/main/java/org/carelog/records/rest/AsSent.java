package org.carelog.records.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the layers before the gate would refuse by themselves: methods that JAX-RS has no annotation for, media types that
 * are none, escapes that nobody can decode. They are not shown them, so that all of it comes to the gate, where it is
 * refused and recorded.
 */
record AsSent(String method, String path, String query, String contentType, String accept) {
    private static final Set<String> ANNOTATED = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern DECODABLE = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");
    private static final String KEY = AsSent.class.getName();

    /** Of a request that reached the endpoint. */
    static AsSent of(RoutingContext context) {
        return context.get(KEY);
    }

    /** The header as the client sent it. */
    String header(String name, MultiMap others) {
        return switch (name) {
            case "Content-Type" -> contentType;
            case "Accept" -> accept;
            // it may come several times, as one list (RFC 9110, 5.3)
            case "Prefer" -> joined(others.getAll(name));
            default -> others.get(name);
        };
    }

    private static String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }

    private boolean isPlain(String uri) {
        return ANNOTATED.contains(method) && DECODABLE.matcher(uri).matches();
    }

    /** Sees every request before the others do. */
    static final class Filter {
        void register(@Observes Filters filters) {
            filters.register(Filter::keep, Integer.MAX_VALUE);
        }

        private static void keep(RoutingContext context) {
            if (context.get(KEY) != null) {
                context.next();
                return;
            }
            HttpServerRequest request = context.request();
            MultiMap headers = request.headers();
            AsSent sent = new AsSent(
                    request.method().name(),
                    request.path(),
                    request.query(),
                    headers.get(HttpHeaders.CONTENT_TYPE),
                    joined(headers.getAll(HttpHeaders.ACCEPT)));
            context.put(KEY, sent);
            headers.remove(HttpHeaders.CONTENT_TYPE).remove(HttpHeaders.ACCEPT);
            if (sent.isPlain(request.uri())) {
                context.next();
            } else {
                context.reroute(HttpMethod.GET, "/");
            }
        }
    }
}
