package org.carelog.records.index;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.fhir.CompartmentDefinition;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.search.ParameterType;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SearchableTypes;

/**
 * What a service has of the compartments that are named after a type.
 *
 * @param members the types of what is in one
 * @param by the search parameters by which it is
 * @param dates the search parameters that say when a patient was cared for
 */
record CompartmentTypes(
        List<HostedType> all, Set<String> members, List<SearchParameter> by, List<SearchParameter> dates) {

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
                        .toList(),
                hosted.all().stream()
                        .filter(HostedType::hasCareDates)
                        .flatMap(type -> searchable.require(type.name()).parameters().stream())
                        .filter(parameter -> parameter.type() == ParameterType.DATE)
                        .toList());
    }

    long[] keys() {
        return by.stream().mapToLong(SearchParameter::key).toArray();
    }

    String[] typesWithDates() {
        return dates.stream().map(SearchParameter::owner).distinct().toArray(String[]::new);
    }
}
