package org.carelog.fhir.search;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.Resource;

/** What can be searched at a service: its hosted types, each with its parameters compiled. Immutable. */
public final class SearchableTypes {
    private final Map<String, SearchableType> byName = new LinkedHashMap<>();
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

    CodeSets codeSets() {
        return codeSets;
    }

    String baseUrl() {
        return baseUrl;
    }
}
