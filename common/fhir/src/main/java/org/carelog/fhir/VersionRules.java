package org.carelog.fhir;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * What an update does, decided from values alone.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#update">FHIR R4, update</a>
 * @see <a href="https://hl7.org/fhir/R4/http.html#concurrency">FHIR R4, managing resource contention</a>
 */
public final class VersionRules {
    private VersionRules() {}

    /** The version that stands, as the decision needs it. */
    public record Current(long version, boolean deleted) {}

    public sealed interface Decision {
        /** There was none: the update creates version 1. */
        record Create() implements Decision {}

        /** A new version follows the current one; also after a deletion, which it ends. */
        record Replace() implements Decision {}

        /** The same content: no new version, no event. */
        record Unchanged() implements Decision {}

        record Refuse(FhirProblem problem) implements Decision {}
    }

    /**
     * @param current the version that stands, or null when there never was one
     * @param ifMatch the version that the client asks for, if any
     * @param sameContent whether the incoming content is that of the current version; asked only where it matters
     */
    public static Decision decide(Current current, OptionalLong ifMatch, BooleanSupplier sameContent) {
        if (current == null) {
            return ifMatch.isPresent() ? new Decision.Refuse(new FhirProblem.NothingToMatch()) : new Decision.Create();
        }
        if (ifMatch.isPresent() && ifMatch.getAsLong() != current.version()) {
            return new Decision.Refuse(new FhirProblem.VersionMismatch(ifMatch.getAsLong(), current.version()));
        }
        if (!current.deleted() && sameContent.getAsBoolean()) {
            return new Decision.Unchanged();
        }
        return new Decision.Replace();
    }
}
