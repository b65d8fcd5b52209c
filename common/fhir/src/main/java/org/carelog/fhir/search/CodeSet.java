package org.carelog.fhir.search;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Codes that a search means by one name.
 *
 * @param systems all codes of these
 * @param codings and these
 */
public record CodeSet(Set<String> systems, Set<Coding> codings) {
    public CodeSet {
        systems = Set.copyOf(systems);
        codings = Set.copyOf(codings);
    }

    /** A code of a code system. */
    public record Coding(String system, String code) {}

    List<Long> hashes(SearchParameter parameter) {
        return Stream.concat(
                        systems.stream().map(system -> TokenHash.system(parameter, system)),
                        codings.stream().map(coding -> TokenHash.coding(parameter, coding.system(), coding.code())))
                .toList();
    }
}
