package org.carelog.records.index;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.search.DateRange;
import org.carelog.fhir.search.PagePosition;

/**
 * A page of what there is about one resource.
 *
 * @param root whose compartment it is
 * @param telling whether the walk begins here, with the root itself
 * @param copies whether copies of what other services own are told too
 * @param types the types that are wanted; empty: all
 * @param since only what has changed from then on; null: all
 * @param care only what was done within, as far as it has a date; null: whenever
 * @param after the last row of the page before
 */
public record CompartmentQuery(
        LocalReference root,
        boolean telling,
        boolean copies,
        Set<String> types,
        Instant since,
        DateRange care,
        int count,
        Optional<PagePosition> after) {

    public CompartmentQuery {
        types = Set.copyOf(types);
    }

    boolean wants(String type) {
        return types.isEmpty() || types.contains(type);
    }

    /** Whether the root itself is on this page. */
    boolean wants(Match found) {
        return telling
                && after.isEmpty()
                && wants(found.type())
                && (since == null || !found.lastUpdated().isBefore(since));
    }
}
