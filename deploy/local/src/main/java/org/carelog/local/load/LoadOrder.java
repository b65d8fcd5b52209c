package org.carelog.local.load;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** In which order types are loaded, so that what others refer to is there first. Each pass reads the files once. */
final class LoadOrder {

    private static final Set<String> FIRST =
            Set.of("Organization", "Location", "Practitioner", "PractitionerRole", "Patient", "RelatedPerson");
    private static final Set<String> SECOND = Set.of("Encounter", "EpisodeOfCare", "Coverage", "Consent");

    private LoadOrder() {}

    /** At least one pass, so that what is not hosted is counted too. */
    static List<Set<String>> passes(Set<String> hosted) {
        Set<String> first = new TreeSet<>(hosted);
        first.retainAll(FIRST);
        Set<String> second = new TreeSet<>(hosted);
        second.retainAll(SECOND);
        Set<String> rest = new TreeSet<>(hosted);
        rest.removeAll(FIRST);
        rest.removeAll(SECOND);
        List<Set<String>> passes = List.of(first, second, rest).stream()
                .filter(pass -> !pass.isEmpty())
                .toList();
        return passes.isEmpty() ? List.of(Set.of()) : passes;
    }
}
