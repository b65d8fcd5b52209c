package org.carelog.records;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.search.CodeSets;
import org.carelog.fhir.search.SearchableTypes;

/** What the engine makes of a service's registry. */
final class RecordsBeans {
    @Produces
    @Singleton
    SearchableTypes searchableTypes(HostedTypes types, RecordsConfig config, CodeSets codes) {
        return new SearchableTypes(types, config.baseUrl(), codes);
    }
}
