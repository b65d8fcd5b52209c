package org.carelog.fhir.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carelog.fhir.definition.SearchParameterDefinition;

/**
 * Tells apart what finds other entries in the same resources: the definition of a parameter, or of those that it has its values
 * from, and the edition of our reading of them.
 *
 * @param definitions those of the type's parameters
 * @param baseUrl which absolute references are to resources of this system
 */
public record Fingerprint(
        SearchableType type, Function<SearchParameter, SearchParameterDefinition> definitions, String baseUrl) {

    /** By type and parameter, what the entries of the index hang on beside the resources. */
    public static Map<String, Map<String, String>> of(SearchableTypes types) {
        Map<String, Map<String, String>> fingerprints = new LinkedHashMap<>();
        types.all().forEach(type -> fingerprints.put(type.name(), type.fingerprints(types.baseUrl())));
        return fingerprints;
    }

    String of(SearchParameter parameter) {
        String[] sources = Stream.concat(Stream.of(parameter), sources(parameter))
                .map(this::said)
                .toArray(String[]::new);
        return Long.toHexString(ValueHash.computed(sources));
    }

    private Stream<SearchParameter> sources(SearchParameter parameter) {
        return Stream.of(
                        type.parameter(parameter.indexedAs()).stream(),
                        parameter.parts().stream(),
                        parameter.occurrences().stream()
                                .flatMap(occurrence -> Stream.of(occurrence.first(), occurrence.second()))
                                .map(Occurrence.Component::parameter))
                .flatMap(sources -> sources);
    }

    private String said(SearchParameter parameter) {
        SearchParameterDefinition definition = definitions.apply(parameter);
        StringJoiner said = new StringJoiner("|")
                .add(parameter.indexedAs())
                .add(parameter.type().word())
                .add(Integer.toString(parameter.type().semantics().edition()))
                .add(definition.path())
                .add(String.join(",", definition.targets()))
                .add(parameter.type() == ParameterType.REFERENCE ? baseUrl : "");
        for (SearchParameterDefinition.Component component : definition.components()) {
            said.add(component.expression()).add(component.reference());
        }
        return said.toString();
    }
}
