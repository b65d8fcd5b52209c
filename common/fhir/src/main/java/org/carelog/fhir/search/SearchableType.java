package org.carelog.fhir.search;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.carelog.fhir.LiteralReferences;
import org.carelog.fhir.Resource;

/** A resource type and the parameters by which it is searched here. Immutable. */
public final class SearchableType {
    private static final Set<ParameterType> QUANTITIES =
            EnumSet.of(ParameterType.NUMBER, ParameterType.QUANTITY, ParameterType.POSITION);

    private final String name;
    private final Map<String, SearchParameter> parameters;
    private final boolean hasQuantities;

    private SearchableType(String name, Map<String, SearchParameter> parameters) {
        this.name = name;
        this.parameters = Collections.unmodifiableMap(parameters);
        this.hasQuantities = parameters.values().stream().anyMatch(parameter -> QUANTITIES.contains(parameter.type()));
    }

    static SearchableType of(String name, Collection<String> parameterNames) {
        Map<String, SearchParameter> parameters = new LinkedHashMap<>();
        SearchParameter.common(name).forEach(parameter -> parameters.put(parameter.name(), parameter));
        for (String parameter : parameterNames) {
            parameters.computeIfAbsent(parameter, _ -> SearchParameter.of(name, parameter));
        }
        List<SearchParameter> all = List.copyOf(parameters.values());
        parameters.replaceAll((_, parameter) -> parameter.sharing(all));
        List<SearchParameter> sharing = List.copyOf(parameters.values());
        parameters.replaceAll((_, parameter) -> parameter.joining(sharing));
        Map<String, SearchParameter> joining = Map.copyOf(parameters);
        parameters.replaceAll((_, parameter) -> parameter.composed(other -> Optional.ofNullable(joining.get(other))));
        return new SearchableType(name, parameters);
    }

    public String name() {
        return name;
    }

    /** All parameters, those that every type has included. */
    public Collection<SearchParameter> parameters() {
        return parameters.values();
    }

    public Optional<SearchParameter> parameter(String parameterName) {
        return Optional.ofNullable(parameters.get(parameterName));
    }

    /** Whether resources of the type may have rows of numbers. */
    public boolean hasQuantities() {
        return hasQuantities;
    }

    /** By the names of the parameters that have entries in the index: when one is another, what is stored has to be indexed anew. */
    Map<String, String> fingerprints(String baseUrl) {
        Fingerprint fingerprint = new Fingerprint(this, SearchParameter::definition, baseUrl);
        Map<String, String> fingerprints = new TreeMap<>();
        parameters.forEach((parameterName, parameter) -> {
            if (parameter.type().isIndexed()) {
                fingerprints.put(parameterName, fingerprint.of(parameter));
            }
        });
        return fingerprints;
    }

    List<String> parameterNames() {
        return List.copyOf(parameters.keySet());
    }

    IndexEntries entries(Resource resource, String baseUrl) {
        IndexEntries.Builder entries = new IndexEntries.Builder(baseUrl);
        Element root = Element.of(resource);
        for (SearchParameter parameter : parameters.values()) {
            if (parameter.type() == ParameterType.COMPOSITE) {
                parameter.type().semantics().index(parameter, root, entries);
            }
            if (parameter.path() == null || !parameter.parts().isEmpty()) {
                continue;
            }
            for (Element element : parameter.path().select(root)) {
                if (!parameter
                        .type()
                        .semantics()
                        .valueless()
                        .contains(element.type().name())) {
                    entries.token(TokenHash.present(parameter));
                    parameter.type().semantics().index(parameter, element, entries);
                }
            }
        }
        LiteralReferences.of(resource, name, baseUrl).places().keySet().forEach(entries::reference);
        return entries.build();
    }
}
