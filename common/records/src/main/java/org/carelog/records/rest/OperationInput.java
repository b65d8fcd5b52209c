package org.carelog.records.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.FhirProblemException;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/**
 * What an operation is given: parameters in the URL and, by POST, in a Parameters resource, if there is a body.
 *
 * @see <a href="https://hl7.org/fhir/R4/operations.html#executing">FHIR R4, executing an operation</a>
 */
record OperationInput(List<Map.Entry<String, String>> query, List<ParametersParameterComponent> body) {
    static OperationInput of(FhirRequest request, long limit) {
        byte[] body = MediaTypes.jsonIfAny(request, limit);
        return new OperationInput(
                request.criteria(),
                body.length == 0
                        ? List.of()
                        : ((Parameters) FhirJson.model(FhirJson.parse(body, "Parameters"))).getParameter());
    }

    /** All parameters as those of a search: each of the body has a simple value. */
    List<Map.Entry<String, String>> simple() {
        List<Map.Entry<String, String>> all = new ArrayList<>(query);
        for (ParametersParameterComponent parameter : body) {
            if (parameter.getValue() == null || !parameter.getValue().hasPrimitiveValue()) {
                throw InvalidOperationParameter.refusal(parameter.getName(), "a simple value is expected");
            }
            all.add(Map.entry(parameter.getName(), parameter.getValue().primitiveValue()));
        }
        return all;
    }

    void requireNone() {
        query.forEach(parameter -> {
            throw unknown(parameter.getKey());
        });
        body.forEach(parameter -> {
            throw unknown(parameter.getName());
        });
    }

    /** The one parameter that the operation has. */
    <T> T only(String name, Class<T> type) {
        query.forEach(parameter -> {
            throw unknown(parameter.getKey());
        });
        body.stream().filter(parameter -> !parameter.getName().equals(name)).forEach(parameter -> {
            throw unknown(parameter.getName());
        });
        if (body.size() != 1 || !type.isInstance(body.getFirst().getValue())) {
            throw InvalidOperationParameter.refusal(name, "a %s is expected, once".formatted(type.getSimpleName()));
        }
        return type.cast(body.getFirst().getValue());
    }

    private static FhirProblemException unknown(String name) {
        return InvalidOperationParameter.refusal(name, "is no parameter of this operation");
    }
}
