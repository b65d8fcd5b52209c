package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A match beside which there is a page.
 *
 * @param values its value for each sort key, as text; null where it has none
 * @param backwards false: the page follows it; true: it follows the page
 */
public record PagePosition(List<String> values, long resourceKey, boolean backwards) {
    public PagePosition {
        // List.copyOf refuses null
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    public PagePosition(List<String> values, long resourceKey) {
        this(values, resourceKey, false);
    }

    /** The page that ends before the match. */
    public PagePosition before() {
        return new PagePosition(values, resourceKey, true);
    }

    @Override
    public String toString() {
        return "PagePosition[" + resourceKey + "]";
    }
}
