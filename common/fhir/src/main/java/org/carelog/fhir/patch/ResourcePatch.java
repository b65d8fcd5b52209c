package org.carelog.fhir.patch;

import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * Changes to a resource, told as operations that are done one after the other, all or none. For one request: not thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#patch">FHIR R4, patch</a>
 */
public sealed interface ResourcePatch permits JsonPatch, FhirPathPatch {
    /** More than any client needs to say; each costs a walk through the resource. */
    int MAX_OPERATIONS = 1000;

    /**
     * The resource's JSON with the changes made; whether it still is a resource is {@link PatchedResource}'s question.
     *
     * @param resource JSON as it is stored
     * @throws FhirProblemException {@link FhirProblem.FailedPatch} for the first operation that cannot be done
     */
    byte[] apply(byte[] resource);

    /**
     * An array of operations by RFC 6902.
     *
     * @throws FhirProblemException {@link FhirProblem.MalformedPatch}
     */
    static ResourcePatch json(byte[] document) {
        return JsonPatch.read(document);
    }

    /**
     * A Parameters resource of operations with FHIRPaths.
     *
     * @throws FhirProblemException {@link FhirProblem.MalformedPatch}, or what a body that is no Parameters resource gets
     */
    static ResourcePatch fhirPath(byte[] parameters) {
        return FhirPathPatch.read(parameters);
    }
}
