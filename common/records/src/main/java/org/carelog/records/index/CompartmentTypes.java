package org.carelog.records.index;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.fhir.CompartmentDefinition;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SearchableTypes;

/**
 * What a service has of the compartments that are named after a type.
 *
 * @param members the types of what is in one
 * @param parameters the keys of the search parameters by which it is
 * @param careDates the types whose dates say when a patient was cared for
 */
record CompartmentTypes(List<HostedType> all, Set<String> members, long[] parameters, Set<String> careDates) {

    static CompartmentTypes of(String root, HostedTypes hosted, SearchableTypes searchable) {
        return new CompartmentTypes(
                List.copyOf(hosted.all()),
                hosted.all().stream()
                        .map(HostedType::name)
                        .filter(type ->
                                !CompartmentDefinition.parameters(root, type).isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                hosted.all().stream()
                        .map(HostedType::name)
                        .flatMap(type -> CompartmentDefinition.parameters(root, type).stream()
                                .flatMap(name -> searchable.require(type).parameter(name).stream()))
                        .mapToLong(SearchParameter::key)
                        .toArray(),
                hosted.all().stream()
                        .filter(HostedType::hasCareDates)
                        .map(HostedType::name)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
