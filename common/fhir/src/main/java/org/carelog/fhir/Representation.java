package org.carelog.fhir;

import ca.uhn.fhir.parser.IParser;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/**
 * The form in which a client wants resources.
 *
 * @param elements the elements of resources that are wanted; empty: all
 * @see <a href="https://hl7.org/fhir/R4/http.html#general">FHIR R4, _format, _pretty</a>
 * @see <a href="https://hl7.org/fhir/R4/search.html#summary">FHIR R4, _summary, _elements</a>
 */
public record Representation(Format format, boolean pretty, Summary summary, List<String> elements) {
    /** The stored form: compact JSON of everything. */
    public static final Representation STORED = new Representation(Format.JSON, false, Summary.FALSE, List.of());

    public enum Format {
        JSON(FhirJson.MEDIA_TYPE),
        XML(FhirXml.MEDIA_TYPE);

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** What is left of each resource; {@code COUNT} leaves a search nothing but its total. */
    public enum Summary {
        TRUE,
        TEXT,
        DATA,
        COUNT,
        FALSE
    }

    public Representation {
        elements = List.copyOf(elements);
    }

    /** The same for what is no resource of the record, such as an outcome: whole, whatever is wanted of resources. */
    public Representation whole() {
        return new Representation(format, pretty, Summary.FALSE, List.of());
    }

    /** @param json of a resource, as it is stored */
    public byte[] of(byte[] json) {
        if (equals(STORED) || equals(new Representation(Format.JSON, false, Summary.COUNT, List.of()))) {
            return json;
        }
        IParser encoder = format == Format.XML
                ? FhirJson.context().newXmlParser()
                : FhirJson.context().newJsonParser();
        IBaseResource resource = FhirJson.model(json);
        encoder.setPrettyPrint(pretty);
        encoder.setSummaryMode(summary == Summary.TRUE);
        encoder.setSuppressNarratives(summary == Summary.DATA);
        Set<String> wanted = wanted();
        if (!wanted.isEmpty()) {
            encoder.setEncodeElements(wanted);
            encoder.setEncodeElementsAppliesToChildResourcesOnly(resource instanceof Bundle);
        }
        return encoder.encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }

    private Set<String> wanted() {
        Set<String> wanted = new HashSet<>();
        if (summary == Summary.TEXT) {
            wanted.add("*.text");
        }
        elements.forEach(element -> wanted.add("*." + element));
        if (!wanted.isEmpty()) {
            wanted.addAll(Set.of("*.id", "*.meta", "*.(mandatory)"));
        }
        return wanted;
    }
}
