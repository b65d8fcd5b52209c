package org.carelog.records.interaction;

import java.util.Collection;
import java.util.List;
import org.carelog.fhir.LocalReference;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;

/** References in a Parameters resource, as services tell them to each other. */
final class ReferenceList {
    private static final String NAME = "reference";

    private ReferenceList() {}

    static Parameters of(Collection<LocalReference> references) {
        Parameters parameters = new Parameters();
        references.forEach(
                reference -> parameters.addParameter().setName(NAME).setValue(new Reference(reference.toString())));
        return parameters;
    }

    /** Those that point into this system. */
    static List<LocalReference> read(Parameters parameters) {
        return parameters.getParameter().stream()
                .map(ParametersParameterComponent::getValue)
                .filter(Reference.class::isInstance)
                .flatMap(value -> LocalReference.of(((Reference) value).getReference(), "").stream())
                .toList();
    }
}
