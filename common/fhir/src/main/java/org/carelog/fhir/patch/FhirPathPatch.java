package org.carelog.fhir.patch;

import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;

/**
 * A FHIRPath Patch.
 *
 * @see <a href="https://hl7.org/fhir/R4/fhirpatch.html">FHIR R4, FHIRPath Patch</a>
 */
final class FhirPathPatch implements ResourcePatch {
    private final List<PathOperation> operations;

    private FhirPathPatch(List<PathOperation> operations) {
        this.operations = operations;
    }

    static FhirPathPatch of(Parameters parameters) {
        if (parameters.getParameter().size() > MAX_OPERATIONS) {
            throw malformed("A FHIRPath Patch has at most %d operations".formatted(MAX_OPERATIONS));
        }
        FHIRPathEngine engine = FhirPaths.engine();
        List<PathOperation> operations = new ArrayList<>();
        for (ParametersParameterComponent parameter : parameters.getParameter()) {
            if (!parameter.getName().equals("operation")) {
                throw malformed("The parameters of a FHIRPath Patch are named operation");
            }
            operations.add(new OperationParts(engine, operations.size() + 1, parameter).operation());
        }
        return new FhirPathPatch(operations);
    }

    @Override
    public byte[] apply(byte[] json) {
        Resource resource = FhirJson.model(json);
        operations.forEach(operation -> operation.perform(resource));
        return FhirJson.encode(resource);
    }

    static FhirProblemException malformed(String diagnostics) {
        return new FhirProblemException(new FhirProblem.MalformedPatch(diagnostics));
    }
}
