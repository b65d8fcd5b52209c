package org.carelog.records.rest;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Bundles;
import org.carelog.fhir.Bundles.Found;
import org.carelog.fhir.Bundles.Link;
import org.carelog.fhir.OperationOutcomes;
import org.carelog.records.index.Match;

/** A Bundle of what was found, and what it shows, for the journal. */
record Searchset(String baseUrl) {

    Answer answer(OptionalLong total, List<Link> links, List<Match> matches, List<Match> included) {
        return answer(total, links, matches, included, List.of());
    }

    /** @param ignored names of parameters that were not known */
    Answer answer(
            OptionalLong total, List<Link> links, List<Match> matches, List<Match> included, List<String> ignored) {
        return Answer.of(
                        200,
                        Bundles.searchset(
                                total,
                                links,
                                Stream.of(found(matches, "match"), found(included, "include"), outcome(ignored))
                                        .flatMap(Function.identity())
                                        .toList()))
                .showing(Stream.concat(matches.stream(), included.stream())
                        .map(match -> new Entity(match.type(), match.id(), match.version(), match.patientId()))
                        .toList());
    }

    private static Stream<Found> outcome(List<String> ignored) {
        return ignored.isEmpty()
                ? Stream.of()
                : Stream.of(new Found(null, OperationOutcomes.ignored(ignored), "outcome"));
    }

    private Stream<Found> found(List<Match> matches, String mode) {
        return matches.stream()
                .map(match -> new Found(baseUrl + "/" + match.type() + "/" + match.id(), match.content(), mode));
    }
}
