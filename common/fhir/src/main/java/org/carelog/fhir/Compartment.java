package org.carelog.fhir;

import java.util.List;
import java.util.Optional;

/**
 * How a resource is found to be in a Patient compartment. Every hosted type has one.
 *
 * @see <a href="https://hl7.org/fhir/R4/compartmentdefinition-patient.html">FHIR R4, Patient compartment</a>
 */
public sealed interface Compartment {
    /**
     * The search parameters by which a resource is in a Patient compartment, by R4. One that refers to several patients is
     * in several compartments; {@link #patientOf} gives the first.
     */
    List<String> parameters();

    /** The id of the patient in whose compartment the resource is, if it is in one. */
    Optional<String> patientOf(Resource resource, String baseUrl);

    /** The resource is the patient. */
    record Self(List<String> parameters) implements Compartment {
        public Self {
            parameters = List.copyOf(parameters);
        }

        @Override
        public Optional<String> patientOf(Resource resource, String baseUrl) {
            return Optional.of(resource.id());
        }
    }

    /**
     * The resource refers to its patient.
     *
     * @param paths of the parameters, such as {@code subject}; the first that leads to a patient counts
     */
    record Through(List<String> parameters, List<String> paths) implements Compartment {
        public Through {
            parameters = List.copyOf(parameters);
            paths = List.copyOf(paths);
        }

        @Override
        public Optional<String> patientOf(Resource resource, String baseUrl) {
            return paths.stream()
                    .flatMap(resource::references)
                    .flatMap(reference -> LocalReference.of(reference, baseUrl).stream())
                    .filter(target -> target.type().equals("Patient"))
                    .map(LocalReference::id)
                    .findFirst();
        }
    }

    /** Resources of this type are in no patient's compartment. */
    record Outside() implements Compartment {
        @Override
        public List<String> parameters() {
            return List.of();
        }

        @Override
        public Optional<String> patientOf(Resource resource, String baseUrl) {
            return Optional.empty();
        }
    }
}
