package org.carelog.records.index;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a search's answer.
 *
 * @param included what {@code _include} and {@code _revinclude} brought for the matches of this page; no match is in it
 * @param total the number of matches on all pages, when it was asked for or is known anyway
 * @param nextPageToken the value of {@code _page} for the next page, when there is one
 */
public record SearchPage(
        List<Match> matches, List<Match> included, OptionalLong total, Optional<String> nextPageToken) {
    public SearchPage {
        matches = List.copyOf(matches);
        included = List.copyOf(included);
    }
}
