package org.carelog.fhir.registry;

import java.util.List;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.Ownership;
import org.carelog.fhir.definition.TypeDefinition;

/**
 * One line of the registry.
 *
 * @param compartmentBy the words of the Patient compartment rule
 * @param copiedTo the services that keep a read-only copy
 */
public record TypeDeclaration(
        String name, Ownership owner, HostedType.Domain domain, List<String> compartmentBy, List<String> copiedTo) {

    private static final int COLUMNS = 5;
    private static final String NONE = "-";

    public TypeDeclaration {
        if (!TypeDefinition.isResourceType(name)) {
            throw new IllegalArgumentException("%s is no resource type of R4".formatted(name));
        }
        compartmentBy = List.copyOf(compartmentBy);
        copiedTo = List.copyOf(copiedTo);
    }

    /** @throws IllegalArgumentException when a column is missing or cannot be understood */
    static TypeDeclaration parse(String line) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(
                    "a type has an owner, a domain, a Patient compartment rule and copies; this line has not: " + line);
        }
        return new TypeDeclaration(
                columns[0],
                Ownership.parse(columns[1]),
                HostedType.Domain.of(columns[2]),
                List.of(columns[3].split(",")),
                columns[4].equals(NONE) ? List.of() : List.of(columns[4].split(",")));
    }

    /** @throws IllegalArgumentException when the rule is not that of R4 */
    Compartment compartment() {
        return PatientCompartment.of(name, compartmentBy);
    }
}
