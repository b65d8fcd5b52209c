package org.carelog.local.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.logging.Logger;

/** What the gateway says itself. */
final class Answers {

    static final String FHIR_JSON = "application/fhir+json;charset=UTF-8";

    /** Of the gateway; it is told services and statuses, never addresses with their queries. */
    static final Logger LOG = Logger.getLogger("org.carelog.gateway");

    private Answers() {}

    static void refuse(HttpServerRequest request, Refusal refusal) {
        LOG.warning(refusal.diagnostics());
        if (refusal.code().equals("transient")) {
            request.response().putHeader("Retry-After", "1");
        }
        request.response()
                .setStatusCode(refusal.status())
                .putHeader("Content-Type", FHIR_JSON)
                .end(Buffer.buffer(refusal.outcome()));
    }
}
