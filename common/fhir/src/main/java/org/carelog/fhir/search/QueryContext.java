package org.carelog.fhir.search;

import java.time.Instant;

/** What a value of a query is understood by. */
record QueryContext(SearchableTypes types, Instant now) {}
