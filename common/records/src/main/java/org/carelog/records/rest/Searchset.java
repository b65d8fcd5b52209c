package org.carelog.records.rest;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Bundles;
import org.carelog.fhir.Bundles.Found;
import org.carelog.fhir.Bundles.Link;
import org.carelog.records.index.Match;

/** A Bundle of what was found, and what it shows, for the journal. */
record Searchset(String baseUrl) {

    Answer answer(OptionalLong total, List<Link> links, List<Match> matches, List<Match> included) {
        return answer(total, links, matches, List.of(), included, List.of());
    }

    /**
     * @param places of the matches; none: they are not told
     * @param outcomes of the search itself
     */
    Answer answer(
            OptionalLong total,
            List<Link> links,
            List<Match> matches,
            List<String> places,
            List<Match> included,
            List<byte[]> outcomes) {
        return Answer.of(
                        200,
                        Bundles.searchset(
                                total,
                                links,
                                Stream.of(
                                                found(matches, places, "match"),
                                                found(included, List.of(), "include"),
                                                outcomes.stream().map(outcome -> new Found(null, outcome, "outcome")))
                                        .flatMap(Function.identity())
                                        .toList()))
                .showing(Stream.concat(matches.stream(), included.stream())
                        .map(match -> new Entity(match.type(), match.id(), match.version(), match.patientId()))
                        .toList());
    }

    private Stream<Found> found(List<Match> matches, List<String> places, String mode) {
        return IntStream.range(0, matches.size()).mapToObj(i -> {
            Match match = matches.get(i);
            String place = places.isEmpty() ? null : places.get(i);
            return new Found(place, baseUrl + "/" + match.type() + "/" + match.id(), match.content(), mode);
        });
    }
}
