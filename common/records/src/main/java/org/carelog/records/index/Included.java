package org.carelog.records.index;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.Include;
import org.carelog.sql.PageBytes;

/** Gathers what comes along with the matches of a page, and with what has come along. Used once. */
final class Included {
    /** With more, a page would be a burden on the service: the client is told to ask for smaller ones. */
    static final int MOST = 5000;

    /** So many times what was included is looked at for more. */
    static final int MOST_ROUNDS = 20;

    private final Budget budget;
    private final IncludeSql includes;
    private final List<Row> found = new ArrayList<>();

    Included(Budget budget, IncludeSql includes) {
        this.budget = budget;
        this.includes = includes;
    }

    List<Match> of(List<Include> wanted, List<Row> page) {
        List<Include> iterated = wanted.stream().filter(Include::iterates).toList();
        List<Row> last = next(wanted, page, page);
        for (int round = 1; !last.isEmpty() && !iterated.isEmpty(); round++) {
            if (round > MOST_ROUNDS) {
                throw tooMuch("lead on and on; after %d resources one behind the other no more are looked for"
                        .formatted(MOST_ROUNDS));
            }
            last = next(iterated, last, page);
        }
        return found.stream().map(Row::match).toList();
    }

    private List<Row> next(List<Include> wanted, List<Row> from, List<Row> page) {
        if (from.isEmpty() || wanted.isEmpty()) {
            return List.of();
        }
        long[] known = LongStream.concat(
                        page.stream().mapToLong(Row::key), found.stream().mapToLong(Row::key))
                .toArray();
        List<Row> next = includes.of(wanted, from, known, MOST - found.size() + 1)
                .map(fragment -> budget.list(fragment, row -> Row.read(row, 0)))
                .orElse(List.of());
        found.addAll(next);
        if (found.size() > MOST) {
            throw tooMuch(
                    "bring more than %d resources to this page; ask for smaller pages with _count".formatted(MOST));
        }
        if (!next.stream().map(Row::match).allMatch(Match::hasContent)) {
            throw tooMuch("bring more than %d bytes to this page; ask for smaller pages with _count"
                    .formatted(PageBytes.MOST));
        }
        return next;
    }

    private static FhirProblemException tooMuch(String diagnostics) {
        return new FhirProblemException(new FhirProblem.InvalidSearchParameter("_include, _revinclude", diagnostics));
    }
}
