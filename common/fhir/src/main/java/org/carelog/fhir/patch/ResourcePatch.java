package org.carelog.fhir.patch;

import java.util.List;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.Resource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Parameters;

/**
 * Changes to a resource, told as operations that are done one after the other, all or none. For one request: not thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#patch">FHIR R4, patch</a>
 */
public sealed interface ResourcePatch permits JsonPatch, FhirPathPatch, MetaPatch {
    /** The media type of a JSON Patch. */
    String JSON_MEDIA_TYPE = "application/json-patch+json";

    /** The types of resources that a patch can be. */
    List<String> RESOURCE_TYPES = List.of("Parameters", "Binary");

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

    /** The profiles, security labels and tags of a resource, and these too. */
    static ResourcePatch addMeta(Meta meta) {
        return new MetaPatch(true, meta);
    }

    /** The profiles, security labels and tags of a resource, without these. */
    static ResourcePatch deleteMeta(Meta meta) {
        return new MetaPatch(false, meta);
    }

    /**
     * A Parameters resource of operations with FHIRPaths; or, since a Bundle holds resources only, a Binary resource with
     * a JSON Patch in it.
     *
     * @throws FhirProblemException {@link FhirProblem.MalformedPatch}
     */
    static ResourcePatch of(Resource resource) {
        return switch (FhirJson.model(resource)) {
            case Parameters parameters -> FhirPathPatch.of(parameters);
            case Binary binary
            when JSON_MEDIA_TYPE.equals(binary.getContentType()) && binary.hasData() ->
                JsonPatch.read(binary.getData());
            default ->
                throw new FhirProblemException(new FhirProblem.MalformedPatch(
                        "A patch is a Parameters resource, or a Binary of %s".formatted(JSON_MEDIA_TYPE)));
        };
    }
}
