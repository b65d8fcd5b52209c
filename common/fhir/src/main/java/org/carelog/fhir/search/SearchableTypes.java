package org.carelog.fhir.search;

import org.carelog.fhir.HostedTypes;

/** What can be searched at a service: its hosted types, each with its parameters compiled. Immutable. */
public final class SearchableTypes {
    private final HostedTypes hosted;
    private final String baseUrl;

    /**
     * @param baseUrl the base of this system's absolute URLs, without a slash at its end
     * @throws IllegalArgumentException for a declared parameter that R4 does not define for the type, or whose definition
     *     is not understood
     */
    public SearchableTypes(HostedTypes hosted, String baseUrl) {
        this.hosted = hosted;
        this.baseUrl = baseUrl;
    }

    HostedTypes hosted() {
        return hosted;
    }

    String baseUrl() {
        return baseUrl;
    }
}
