package org.carelog.fhir.search;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.Resource;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/** What can be searched at a service: its hosted types, each with its parameters compiled. Immutable. */
public final class SearchableTypes {
    private final Map<String, SearchableType> byName = new LinkedHashMap<>();
    private final Set<Integer> decisive = new HashSet<>();
    private final String baseUrl;
    private final CodeSets codeSets;

    /** Without definitions of value sets and code systems. */
    public SearchableTypes(HostedTypes hosted, String baseUrl) {
        this(hosted, baseUrl, CodeSets.NONE);
    }

    /**
     * @param baseUrl the base of this system's absolute URLs, without a slash at its end
     * @throws IllegalArgumentException for a declared parameter that R4 does not define for the type, or whose definition
     *     is not understood
     */
    public SearchableTypes(HostedTypes hosted, String baseUrl, CodeSets codeSets) {
        this.baseUrl = baseUrl;
        this.codeSets = codeSets;
        Map<Integer, SearchParameter> keys = new HashMap<>();
        for (HostedType type : hosted.all()) {
            SearchableType searchable = SearchableType.of(type.name(), type.searchParameters());
            byName.put(type.name(), searchable);
            for (SearchParameter parameter : searchable.parameters()) {
                SearchParameter other = parameter.hasOwnRows() ? keys.put(parameter.key(), parameter) : null;
                if (other != null || parameter.key() == SearchParameter.NO_KEY) {
                    throw new IllegalArgumentException("%s and %s share a key".formatted(parameter, other));
                }
                if (decidesPatient(type, parameter)) {
                    decisive.add(parameter.key());
                }
            }
        }
    }

    public Optional<SearchableType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The type, or {@link FhirProblem.UnknownType}. */
    public SearchableType require(String name) {
        return find(name).orElseThrow(() -> new FhirProblemException(new FhirProblem.UnknownType()));
    }

    /** Everything by which the resource is to be found; its type must be hosted. */
    public IndexEntries entries(Resource resource) {
        return require(resource.type()).entries(resource, baseUrl);
    }

    public List<SearchableType> all() {
        return List.copyOf(byName.values());
    }

    /** Whether a resource is in the compartment of the very patient that this reference leads to, if it leads to one. */
    boolean decidesPatient(SearchParameter parameter) {
        return decisive.contains(parameter.key());
    }

    /** It is about the first reference of the compartment's rule, of which there is one at most. */
    private static boolean decidesPatient(HostedType type, SearchParameter parameter) {
        if (parameter.type() != ParameterType.REFERENCE
                || !(type.compartment() instanceof Compartment.Through through)) {
            return false;
        }
        String element = through.paths().getFirst();
        List<ElementDefinition> forms = TypeDefinition.of(type.name()).forms(element);
        if (forms.isEmpty() || forms.stream().anyMatch(ElementDefinition::repeats)) {
            return false;
        }
        ElementPath first = ElementPath.compile(type.name(), type.name() + "." + element);
        return first.equals(parameter.path()) || first.to("Patient").equals(parameter.path());
    }

    CodeSets codeSets() {
        return codeSets;
    }

    String baseUrl() {
        return baseUrl;
    }
}
