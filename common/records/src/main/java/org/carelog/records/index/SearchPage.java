package org.carelog.records.index;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carelog.fhir.search.PagePosition;

/**
 * One page of a search's answer.
 *
 * @param included what {@code _include} and {@code _revinclude} brought for the matches of this page; no match is in it
 * @param positions of the matches in the order
 * @param total the number of matches on all pages, when it was asked for or is known anyway
 * @param next the value of {@code _page} for the next page, when there is one
 * @param previous the same for the page before
 * @param plans how it was answered, if that was wanted
 */
public record SearchPage(
        List<Match> matches,
        List<PagePosition> positions,
        List<Match> included,
        OptionalLong total,
        Optional<String> next,
        Optional<String> previous,
        List<String> plans) {
    public SearchPage {
        matches = List.copyOf(matches);
        positions = List.copyOf(positions);
        included = List.copyOf(included);
        plans = List.copyOf(plans);
    }
}
