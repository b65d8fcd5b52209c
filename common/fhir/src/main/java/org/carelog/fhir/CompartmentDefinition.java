package org.carelog.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is in a compartment by R4, as HAPI has it with the search parameters.
 *
 * @see <a href="https://hl7.org/fhir/R4/compartmentdefinition.html">FHIR R4, CompartmentDefinition</a>
 */
public final class CompartmentDefinition {
    private CompartmentDefinition() {}

    /**
     * The search parameters by which resources of a type are in the compartment. None: they are in none of the kind.
     *
     * @param compartment the type that it is named after, such as {@code Patient}
     */
    public static SortedSet<String> parameters(String compartment, String type) {
        return FhirJson.context().getResourceDefinition(type).getSearchParams().stream()
                .filter(parameter -> parameter.getProvidesMembershipInCompartments() != null
                        && parameter.getProvidesMembershipInCompartments().contains(compartment))
                .map(RuntimeSearchParam::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
