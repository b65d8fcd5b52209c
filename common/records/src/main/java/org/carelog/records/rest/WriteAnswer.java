package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.OperationOutcomes;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.Written;
import org.carelog.records.interaction.Written.Effect;
import org.carelog.records.store.StoredVersion;

/**
 * The answer to a write: the resource, nothing, or an outcome, as {@code Prefer} says.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#ops">FHIR R4, Prefer: return</a>
 */
@ApplicationScoped
class WriteAnswer {
    private final RecordsConfig config;

    WriteAnswer(RecordsConfig config) {
        this.config = config;
    }

    Answer answer(FhirRequest request, Written written) {
        StoredVersion version = written.version();
        if (version == null) {
            return Answer.of(written.effect().status(), null).alreadyRecorded();
        }
        boolean deleted = written.effect() == Effect.DELETED;
        byte[] body = deleted ? null : body(request, written);
        Answer answer = Interactions.versioned(Answer.of(written.effect().status(), body), version)
                .alreadyRecorded();
        return deleted ? answer : answer.with("Location", "%s/%s".formatted(config.baseUrl(), version));
    }

    private static byte[] body(FhirRequest request, Written written) {
        return switch (preference(request)) {
            case "minimal" -> null;
            case "OperationOutcome" ->
                OperationOutcomes.success("%s: %s"
                        .formatted(written.effect().name().toLowerCase(java.util.Locale.ROOT), written.version()));
            default -> written.version().content();
        };
    }

    /** Preferences other than {@code return} may be ignored (RFC 7240, 2); a value that FHIR does not know may not. */
    private static String preference(FhirRequest request) {
        for (String preference : request.header("Prefer").orElse("").split("[,;]")) {
            if (preference.strip().startsWith("return=")) {
                String value = preference.strip().substring("return=".length()).replace("\"", "");
                if (value.equals("minimal") || value.equals("representation") || value.equals("OperationOutcome")) {
                    return value;
                }
                throw new FhirProblemException(new FhirProblem.InvalidHeader(
                        "Prefer", "return is minimal, representation or OperationOutcome"));
            }
        }
        return "representation";
    }
}
