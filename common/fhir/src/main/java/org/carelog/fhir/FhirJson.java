package org.carelog.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;

/**
 * FHIR resources as JSON in UTF-8: the only holder of a {@link FhirContext}. Thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/json.html">FHIR R4, JSON representation</a>
 */
public final class FhirJson {
    /** The media type of what is read and written here. */
    public static final String MEDIA_TYPE = "application/fhir+json";

    private static final FhirContext CONTEXT = context(FhirContext.forR4Cached());

    private FhirJson() {}

    private static FhirContext context(FhirContext context) {
        context.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
        context.getParserOptions().setStripVersionsFromReferences(false);
        context.getParserOptions().setOverrideResourceIdWithBundleEntryFullUrl(false);
        return context;
    }

    public static FhirContext context() {
        return CONTEXT;
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
        JsonNode root = JsonSyntax.read(json);
        String type = root.path("resourceType").asText("");
        if (!expectedTypes.contains(type)) {
            throw new FhirProblemException(new FhirProblem.WrongResourceType(String.join(" or ", expectedTypes)));
        }
        List<Fault> faults = JsonShape.faults(root, type);
        if (faults.isEmpty()) {
            return parse((ObjectNode) root, "");
        }
        throw new FhirProblemException(new FhirProblem.InvalidContent(faults));
    }

    /** A resource that has kept {@link JsonShape}'s rules. {@code place} goes before the place of each fault. */
    static Resource parse(ObjectNode json, String place) {
        FaultCollector faults = new FaultCollector();
        try {
            IParser parser = CONTEXT.newJsonParser();
            parser.setParserErrorHandler(faults);
            JacksonStructure structure = new JacksonStructure();
            structure.setNativeObject(json);
            Resource resource = (Resource) ((IJsonLikeParser) parser).parseResource(structure);
            if (faults.faults().isEmpty()) {
                return resource;
            }
        } catch (DataFormatException | IllegalArgumentException e) {
            // the parser's own text may quote the record
            throw new FhirProblemException(new FhirProblem.InvalidContent(
                    List.of(new Fault(IssueType.STRUCTURE, place, "The body is JSON, and no FHIR R4 resource"))));
        }
        throw new FhirProblemException(new FhirProblem.InvalidContent(faults.faults().stream()
                .map(fault -> new Fault(fault.code(), within(place, fault.expression()), fault.diagnostics()))
                .toList()));
    }

    /** {@code Patient.name} of the resource at {@code Bundle.entry[1].resource}. */
    private static String within(String place, String expression) {
        return place.isEmpty() ? expression : place + expression.replaceFirst("^\\w+", "");
    }

    /** Parses what this system wrote itself, without looking for faults. */
    public static Resource parseStored(byte[] json) {
        return (Resource) CONTEXT.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
    }

    /** Compact JSON; the same resource gives the same bytes. */
    public static byte[] encode(IBaseResource resource) {
        return CONTEXT.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }
}
