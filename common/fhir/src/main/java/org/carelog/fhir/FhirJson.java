package org.carelog.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * FHIR resources as JSON in UTF-8. Thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/json.html">FHIR R4, JSON representation</a>
 */
public final class FhirJson {
    /** The media type of what is read and written here. */
    public static final String MEDIA_TYPE = "application/fhir+json";

    private FhirJson() {}

    /** HAPI's model, which is large: it is there when something is first done with it. */
    private static final class Model {
        static final FhirContext CONTEXT = context(FhirContext.forR4Cached());

        private static FhirContext context(FhirContext context) {
            context.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
            context.getParserOptions().setStripVersionsFromReferences(false);
            context.getParserOptions().setOverrideResourceIdWithBundleEntryFullUrl(false);
            return context;
        }
    }

    /** The only one. */
    public static FhirContext context() {
        return Model.CONTEXT;
    }

    /**
     * Parses what a client sent, by the base rules of R4: known elements, right JSON types, cardinalities, codes of
     * required bindings, dates.
     *
     * @throws FhirProblemException {@link FhirProblem.MalformedJson}, {@link FhirProblem.WrongResourceType}, or
     *     {@link FhirProblem.InvalidContent} with every fault found
     */
    public static Resource parse(byte[] json, String expectedType) {
        return parse(json, List.of(expectedType));
    }

    /** The same where a resource of one of several types belongs. */
    public static Resource parse(byte[] json, List<String> expectedTypes) {
        ObjectNode root = JsonSyntax.read(json);
        String type = root.path("resourceType").asText("");
        if (!expectedTypes.contains(type)) {
            throw new FhirProblemException(new FhirProblem.WrongResourceType(String.join(" or ", expectedTypes)));
        }
        List<Fault> faults = JsonShape.faults(root, type);
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.InvalidContent(faults));
        }
        return new Resource(root);
    }

    /** Parses what this system wrote itself, without looking for faults. */
    public static Resource parseStored(byte[] json) {
        return new Resource(JsonSyntax.readStored(json));
    }

    /** A resource in HAPI's model, for what works on that. */
    public static org.hl7.fhir.r4.model.Resource model(Resource resource) {
        return model(resource.bytes());
    }

    /** @param json that keeps the base rules of R4, as what is stored does */
    public static org.hl7.fhir.r4.model.Resource model(byte[] json) {
        return (org.hl7.fhir.r4.model.Resource)
                context().newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
    }

    /** A resource from HAPI's model. */
    public static Resource of(IBaseResource model) {
        return parseStored(encode(model));
    }

    /** Compact JSON; the same resource gives the same bytes. */
    public static byte[] encode(IBaseResource resource) {
        return context().newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }
}
