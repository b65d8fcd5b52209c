package org.carelog.fhir.patch;

import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.Resource;

/** What a patch has made of a resource, judged as if it had been sent. */
public final class PatchedResource {
    private PatchedResource() {}

    /**
     * @throws FhirProblemException {@link FhirProblem.IdentityPatched} when it is not the same resource any more,
     *     {@link FhirProblem.InvalidPatchResult} when it breaks the base rules of R4
     */
    public static Resource of(byte[] patched, String type, String id) {
        Resource resource = parse(patched, type);
        if (!id.equals(resource.id())) {
            throw new FhirProblemException(new FhirProblem.IdentityPatched());
        }
        return resource;
    }

    private static Resource parse(byte[] patched, String type) {
        try {
            return FhirJson.parse(patched, type);
        } catch (FhirProblemException e) {
            throw switch (e.problem()) {
                case FhirProblem.InvalidContent invalid ->
                    new FhirProblemException(new FhirProblem.InvalidPatchResult(invalid.faults()));
                case FhirProblem.WrongResourceType _ -> new FhirProblemException(new FhirProblem.IdentityPatched());
                default -> e;
            };
        }
    }
}
