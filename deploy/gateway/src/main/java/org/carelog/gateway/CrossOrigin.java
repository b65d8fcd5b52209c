package org.carelog.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;

/**
 * Lets pages of other origins use the base in a browser, if these are known. Who asks is told by a token as always, which a
 * browser adds to nothing by itself: so no credentials are allowed. Thread-safe.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, the CORS protocol</a>
 */
final class CrossOrigin {
    private static final String ALLOWED = "Access-Control-Allow-Origin";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String SENT =
            "Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Exist, If-None-Match, Prefer, traceparent, X-Provenance, X-Request-Id";
    private static final String SHOWN = "ETag, Last-Modified, Location, Retry-After, X-Request-Id";
    private static final String SECONDS = "3600";

    private final Set<String> origins;

    /** @param origins such as {@code https://app.example.org}; none: a browser lets no other page use the base */
    CrossOrigin(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /**
     * Adds to the answer what the browser wants to see there.
     *
     * @return whether the browser asked only what it may ask: that is answered here, and is about no record
     */
    boolean answers(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || !origins.contains(origin)) {
            return false;
        }
        HttpServerResponse response = request.response();
        boolean isPreflight = request.method().equals(HttpMethod.OPTIONS)
                && request.getHeader("Access-Control-Request-Method") != null;
        response.headersEndHandler(_ -> response.putHeader(ALLOWED, origin)
                .putHeader("Access-Control-Expose-Headers", SHOWN)
                .putHeader("Vary", "Origin"));
        if (isPreflight) {
            response.setStatusCode(204)
                    .putHeader("Access-Control-Allow-Methods", METHODS)
                    .putHeader("Access-Control-Allow-Headers", SENT)
                    .putHeader("Access-Control-Max-Age", SECONDS)
                    .end();
        }
        return isPreflight;
    }
}
