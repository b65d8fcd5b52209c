package org.carelog.audit.checkpoint;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.carelog.proof.SignedNote;

/**
 * Says on the management port what a witness or an auditor's monitor asks: {@code GET /carelog/log.vkey}, the public key, and
 * {@code GET /carelog/checkpoint}, the latest one; 404 as long as there is none. Neither holds anything of an access.
 */
@ApplicationScoped
class PublishedKey {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Signing signing;
    private final Checkpoints checkpoints;

    PublishedKey(Signing signing, Checkpoints checkpoints) {
        this.signing = signing;
        this.checkpoints = checkpoints;
    }

    void serve(@Observes ManagementInterface management) {
        Router router = management.router();
        router.get("/carelog/log.vkey")
                .handler(context ->
                        context.response().putHeader("Content-Type", TEXT).end(signing.verifier() + "\n"));
        router.get("/carelog/checkpoint")
                .blockingHandler(context -> checkpoints
                        .latest()
                        .map(SignedNote::toString)
                        .ifPresentOrElse(
                                note -> context.response()
                                        .putHeader("Content-Type", TEXT)
                                        .end(note),
                                () -> context.fail(404)));
    }
}
