package org.carelog.fhir.patch;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/** What an operation puts into the resource. */
sealed interface PatchValue {
    /** An element of a named type, or a resource. */
    record Whole(Base value) implements PatchValue {}

    /** The children of an element whose type has no name of its own, such as {@code Patient.contact}. */
    record Parts(List<Part> parts) implements PatchValue {}

    record Part(String name, PatchValue value) {}

    /** Empty where neither a value, nor a resource, nor parts are given. */
    static Optional<PatchValue> of(ParametersParameterComponent parameter) {
        if (parameter.hasValue()) {
            return Optional.of(new Whole(parameter.getValue()));
        }
        if (parameter.hasResource()) {
            return Optional.of(new Whole(parameter.getResource()));
        }
        List<Part> parts = parameter.getPart().stream()
                .flatMap(part -> of(part).map(value -> new Part(part.getName(), value)).stream())
                .toList();
        return parts.isEmpty() || parts.size() < parameter.getPart().size()
                ? Optional.empty()
                : Optional.of(new Parts(parts));
    }
}
