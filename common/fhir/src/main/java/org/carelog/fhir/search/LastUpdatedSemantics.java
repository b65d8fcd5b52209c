package org.carelog.fhir.search;

import java.util.List;

/** {@code _lastUpdated}: when the current version was made. */
final class LastUpdatedSemantics implements Semantics {
    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return new Filter.LastUpdated(DateSemantics.comparisons(alternatives, context));
    }

    @Override
    public Filter missing(SearchParameter parameter, boolean missing) {
        return IdSemantics.everyResourceHasOne(missing);
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        throw new IllegalStateException("the head of a resource has its time");
    }
}
