package org.carelog.fhir.search;

import java.util.Optional;

/**
 * Resources that come along with the matches of a page.
 *
 * @param reference the reference that is followed
 * @param target the only type to which it is followed; empty: any
 * @param reversed false: what it leads to; true: what has it
 * @param iterates whether it is followed from what was included too
 */
public record Include(SearchParameter reference, Optional<String> target, boolean reversed, boolean iterates) {}
