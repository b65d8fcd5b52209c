package org.carelog.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;

/**
 * A Provenance that a client sends along with a write, in a header. What it is about is what is written, so it has no
 * target.
 *
 * @see <a href="https://hl7.org/fhir/R4/provenance.html#header">FHIR R4, X-Provenance</a>
 */
public final class IncomingProvenance {
    public static final String HEADER = "X-Provenance";

    private static final String TARGET = "target";

    private IncomingProvenance() {}

    /**
     * @param header as HTTP gives it: a character for each byte
     * @throws FhirProblemException {@link FhirProblem.InvalidHeader}, or {@link FhirProblem.InvalidContent} with every fault
     */
    public static Resource parse(String header) {
        ObjectNode json = json(header);
        if (json.has(TARGET)) {
            throw invalid("no target is expected: it is what is written");
        }
        // R4 requires one
        json.putArray(TARGET).addObject().put("reference", "#");
        List<Fault> faults = JsonShape.faults(json, "Provenance");
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.InvalidContent(faults));
        }
        json.remove(TARGET);
        return new Resource(json);
    }

    private static ObjectNode json(String header) {
        try {
            ObjectNode json = JsonSyntax.read(utf8(header));
            if (json.path("resourceType").asText("").equals("Provenance")) {
                return json;
            }
        } catch (FhirProblemException e) {
            // the body's refusal would be taken for the body's
        }
        throw invalid("a Provenance resource in JSON is expected");
    }

    private static byte[] utf8(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw invalid("UTF-8 is expected");
        }
        return bytes;
    }

    private static FhirProblemException invalid(String diagnostics) {
        return new FhirProblemException(new FhirProblem.InvalidHeader(HEADER, diagnostics));
    }
}
