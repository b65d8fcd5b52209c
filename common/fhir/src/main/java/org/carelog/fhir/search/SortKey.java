package org.carelog.fhir.search;

/** One key of a search's order. A resource with several values counts by the one that comes first in the order. */
public record SortKey(SearchParameter parameter, boolean descending) {}
