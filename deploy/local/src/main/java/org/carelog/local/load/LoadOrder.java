package org.carelog.local.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which order types are loaded, so that as a rule what others refer to is there first. Each pass reads the files once.
 * What refers to something of its own pass waits there for it, see {@link Uploads}.
 */
final class LoadOrder {

    private static final List<Set<String>> ORDER = List.of(
            Set.of("Organization", "Practitioner", "Patient", "Endpoint", "Medication"),
            Set.of(
                    "Location",
                    "PractitionerRole",
                    "HealthcareService",
                    "RelatedPerson",
                    "Coverage",
                    "Consent",
                    "Device",
                    "Group"),
            Set.of("Encounter", "EpisodeOfCare", "Appointment"),
            Set.of(
                    "Condition",
                    "AllergyIntolerance",
                    "Specimen",
                    "ImagingStudy",
                    "Immunization",
                    "CareTeam",
                    "DocumentReference"),
            Set.of("Observation", "Procedure", "Goal", "MedicationRequest", "ServiceRequest", "SupplyDelivery"));

    /** After everything but these. */
    private static final List<Set<String>> LAST =
            List.of(Set.of("Claim"), Set.of("ExplanationOfBenefit", "List"), Set.of("Provenance"));

    private LoadOrder() {}

    /** At least one pass, so that what is not hosted is counted too. */
    static List<Set<String>> passes(Set<String> hosted) {
        Set<String> rest = new TreeSet<>(hosted);
        ORDER.forEach(rest::removeAll);
        LAST.forEach(rest::removeAll);
        List<Set<String>> all = new ArrayList<>(ORDER);
        all.add(rest);
        all.addAll(LAST);
        List<Set<String>> passes = all.stream()
                .map(types -> {
                    Set<String> pass = new TreeSet<>(types);
                    pass.retainAll(hosted);
                    return pass;
                })
                .filter(pass -> !pass.isEmpty())
                .map(Set::<String>copyOf)
                .toList();
        return passes.isEmpty() ? List.of(Set.of()) : passes;
    }
}
