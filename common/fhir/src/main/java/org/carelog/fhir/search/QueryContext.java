package org.carelog.fhir.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a value of a query is understood by.
 *
 * @param used the parameters that the answer hangs on, as they are met
 */
record QueryContext(SearchableTypes types, Instant now, List<SearchParameter> used, SearchSize size) {
    QueryContext(SearchableTypes types, Instant now) {
        this(types, now, new ArrayList<>(), new SearchSize());
    }

    /**
     * What a client measures in.
     *
     * @throws IllegalArgumentException when the search brings too many units that nobody has used
     */
    Measure measure(String system, String code) {
        if (system.equals(Units.UCUM) && Units.isNew(code)) {
            size.newUnit();
        }
        return Measure.of(system, code);
    }

    void use(SearchParameter parameter) {
        used.add(parameter);
    }
}
