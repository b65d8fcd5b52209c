package org.carelog.fhir.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.CompartmentDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/** Reads a compartment rule and holds it against R4's definition. */
final class PatientCompartment {
    private static final String SELF = "self";
    private static final String OUTSIDE = "outside";
    private static final String ONLY_PATIENTS = ".where(resolve() is Patient)";

    private PatientCompartment() {}

    /** @param words {@code outside}, or search parameters of the type in the order in which they count */
    static Compartment of(String type, List<String> words) {
        boolean self = words.contains(SELF);
        List<String> parameters = new ArrayList<>(words);
        parameters.removeAll(List.of(SELF, OUTSIDE));
        Set<String> defined = CompartmentDefinition.parameters("Patient", type);
        if (self != type.equals("Patient")
                || words.contains(OUTSIDE) != defined.isEmpty()
                || !new TreeSet<>(parameters).equals(defined)) {
            throw new IllegalArgumentException("R4 has %s in the Patient compartment by %s, not by %s"
                    .formatted(type, defined.isEmpty() ? "nothing (outside)" : defined, words));
        }
        if (self) {
            return new Compartment.Self(parameters);
        }
        return parameters.isEmpty()
                ? new Compartment.Outside()
                : new Compartment.Through(
                        parameters,
                        parameters.stream()
                                .flatMap(parameter -> paths(type, parameter).stream())
                                .toList());
    }

    /** Which references are to patients is seen from themselves. */
    private static List<String> paths(String type, String parameter) {
        String expression =
                TypeDefinition.of(type).searchParameter(parameter).orElseThrow().path();
        return Stream.of(expression.replace(ONLY_PATIENTS, "").split(" *\\| *"))
                .map(path -> withoutType(type, path))
                .toList();
    }

    private static String withoutType(String type, String path) {
        if (!path.matches(type + "(\\.\\w+)+")) {
            throw new IllegalArgumentException("the path '%s' of a compartment is not understood".formatted(path));
        }
        return path.substring(type.length() + 1);
    }
}
