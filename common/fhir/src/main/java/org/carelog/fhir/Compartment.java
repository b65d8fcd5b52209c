package org.carelog.fhir;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * How a resource is found to be in a Patient compartment. Every hosted type has one.
 *
 * @see <a href="https://hl7.org/fhir/R4/compartmentdefinition-patient.html">FHIR R4, Patient compartment</a>
 */
public sealed interface Compartment {
    /** The id of the patient in whose compartment the resource is, if it is in one. */
    Optional<String> patientOf(Resource resource, String baseUrl);

    /** The resource is the patient. */
    record Self() implements Compartment {
        @Override
        public Optional<String> patientOf(Resource resource, String baseUrl) {
            return Optional.of(resource.getIdElement().getIdPart());
        }
    }

    /** The resource refers to its patient by one of these paths, such as {@code Encounter.subject}; the first counts. */
    record Through(List<String> paths) implements Compartment {
        public Through {
            paths = List.copyOf(paths);
        }

        @Override
        public Optional<String> patientOf(Resource resource, String baseUrl) {
            return paths.stream()
                    .flatMap(path -> FhirJson.context().newTerser().getValues(resource, path, Reference.class).stream())
                    .filter(Objects::nonNull)
                    .flatMap(reference -> LocalReference.of(reference.getReference(), baseUrl).stream())
                    .filter(target -> target.type().equals("Patient"))
                    .map(LocalReference::id)
                    .findFirst();
        }
    }

    /** Resources of this type are in no patient's compartment. */
    record Outside() implements Compartment {
        @Override
        public Optional<String> patientOf(Resource resource, String baseUrl) {
            return Optional.empty();
        }
    }
}
