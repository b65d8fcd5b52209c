package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The last match of a page, after which the next one begins.
 *
 * @param values its value for each sort key, as text; null where it has none
 */
public record PagePosition(List<String> values, long resourceKey) {
    public PagePosition {
        // List.copyOf refuses null
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public String toString() {
        return "PagePosition[" + resourceKey + "]";
    }
}
