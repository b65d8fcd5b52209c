package org.carelog.fhir;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carelog.fhir.definition.SearchParameterDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/**
 * What is in a compartment by R4, as the definitions of the search parameters have it.
 *
 * @see <a href="https://hl7.org/fhir/R4/compartmentdefinition.html">FHIR R4, CompartmentDefinition</a>
 */
public final class CompartmentDefinition {
    private static final Set<String> COMPARTMENTS =
            Set.of("Patient", "Encounter", "Practitioner", "RelatedPerson", "Device");

    private CompartmentDefinition() {}

    /** Whether resources of a type may be in such a compartment; what it is named after is in its own. */
    public static boolean has(String compartment, String type) {
        return COMPARTMENTS.contains(compartment)
                && (type.equals(compartment) || !parameters(compartment, type).isEmpty());
    }

    /**
     * The search parameters by which resources of a type are in the compartment. None: they are in none of the kind.
     *
     * @param compartment the type that it is named after, such as {@code Patient}
     */
    public static SortedSet<String> parameters(String compartment, String type) {
        return TypeDefinition.of(type).searchParameters().stream()
                .filter(parameter -> parameter.compartments().contains(compartment))
                .map(SearchParameterDefinition::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
