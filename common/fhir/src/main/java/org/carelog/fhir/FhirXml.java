package org.carelog.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.io.ByteArrayInputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * FHIR resources as XML in UTF-8. Thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/xml.html">FHIR R4, XML representation</a>
 */
public final class FhirXml {
    public static final String MEDIA_TYPE = "application/fhir+xml";

    private static final String NAMESPACE = "http://hl7.org/fhir";
    private static final int MAX_DEPTH = JsonSyntax.MAX_DEPTH;
    private static final XMLInputFactory READERS = readers();

    /** Elements and attributes, as many as a resource has names and values in JSON; and of a Bundle, of which a model is made at once. */
    private static final int MOST_OF_RESOURCE = 300_000;

    private static final int MOST_OF_BUNDLE = 600_000;

    private FhirXml() {}

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("nothing is resolved here");
        });
        return factory;
    }

    /**
     * What a client sent, as the JSON that says the same; the rules of R4 are judged there.
     *
     * @throws FhirProblemException {@link FhirProblem.MalformedXml}, or {@link FhirProblem.InvalidContent} for what JSON
     *     has no place for
     */
    public static byte[] toJson(byte[] xml) {
        requireWellFormed(xml);
        FaultCollector faults = new FaultCollector();
        try {
            IParser parser = FhirJson.context().newXmlParser();
            parser.setParserErrorHandler(faults);
            IBaseResource resource = parser.parseResource(new String(xml, StandardCharsets.UTF_8));
            if (faults.faults().isEmpty()) {
                return FhirJson.encode(resource);
            }
        } catch (DataFormatException | IllegalArgumentException e) {
            // the parser's own text may quote the record
            throw invalid("The body is XML, and no FHIR R4 resource");
        }
        throw new FhirProblemException(new FhirProblem.InvalidContent(faults.faults()));
    }

    /** One element, without a document type, not nested absurdly and not of absurdly many, before anything is made of it. */
    private static void requireWellFormed(byte[] xml) {
        XMLStreamReader reader = null;
        try {
            reader = READERS.createXMLStreamReader(new ByteArrayInputStream(xml), "UTF-8");
            int depth = 0;
            int most = MOST_OF_RESOURCE;
            int elements = 0;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw malformed("A document type and its entities are not read", reader.getLocation());
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (depth == 0 && !NAMESPACE.equals(reader.getNamespaceURI())) {
                            throw invalid("The root is no element of " + NAMESPACE);
                        }
                        if (depth == 0 && reader.getLocalName().equals("Bundle")) {
                            most = MOST_OF_BUNDLE;
                        }
                        if (++depth > MAX_DEPTH) {
                            throw malformed("Nested too deeply", reader.getLocation());
                        }
                        elements += 1 + reader.getAttributeCount();
                        if (elements > most) {
                            throw malformed("Of more elements and attributes than are read here", reader.getLocation());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {
                        // well-formed is all that is asked of the rest
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw malformed("Not one well-formed XML document", e.getLocation());
        } finally {
            close(reader);
        }
    }

    private static FhirProblemException invalid(String diagnostics) {
        return new FhirProblemException(
                new FhirProblem.InvalidContent(List.of(new Fault(IssueType.STRUCTURE, "", diagnostics))));
    }

    /** Reads no document type and nothing from outside. */
    static XMLStreamReader reader(Reader xml) throws XMLStreamException {
        return READERS.createXMLStreamReader(xml);
    }

    static void close(XMLStreamReader reader) {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (XMLStreamException e) {
            // read from memory: nothing is left open
        }
    }

    private static FhirProblemException malformed(String diagnostics, Location location) {
        String place = location == null
                ? ""
                : " at line %d, column %d".formatted(location.getLineNumber(), location.getColumnNumber());
        return new FhirProblemException(new FhirProblem.MalformedXml(diagnostics + place));
    }
}
