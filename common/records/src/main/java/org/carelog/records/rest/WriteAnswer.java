package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.fhir.OperationOutcomes;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.Written;
import org.carelog.records.interaction.Written.Effect;
import org.carelog.records.store.StoredVersion;

/** The answer to a write: the resource, nothing, or an outcome, as the client prefers. */
@ApplicationScoped
class WriteAnswer {
    private final RecordsConfig config;

    WriteAnswer(RecordsConfig config) {
        this.config = config;
    }

    Answer answer(Preference preference, Written written) {
        StoredVersion version = written.version();
        if (version == null) {
            return Answer.of(written.effect().status(), null).alreadyRecorded();
        }
        boolean deleted = written.effect() == Effect.DELETED;
        byte[] body = deleted ? null : body(preference, written);
        Answer answer = Answer.of(written.effect().status(), body).of(version).alreadyRecorded();
        return deleted ? answer : answer.with("Location", "%s/%s".formatted(config.baseUrl(), version));
    }

    private static byte[] body(Preference preference, Written written) {
        return switch (preference) {
            case MINIMAL -> null;
            case OUTCOME ->
                OperationOutcomes.success("%s: %s"
                        .formatted(written.effect().name().toLowerCase(java.util.Locale.ROOT), written.version()));
            case REPRESENTATION -> written.version().content();
        };
    }
}
