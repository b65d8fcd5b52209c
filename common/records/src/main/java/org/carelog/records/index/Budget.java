package org.carelog.records.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.Narrowing;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.sql.RowMapper;
import org.carelog.sql.Sql;
import org.carelog.sql.SqlFailure;

/** The statements of one search, which have some time between them, and tell how they are run if that is wanted. For one thread. */
final class Budget {
    private static final Pattern EXPECTED = Pattern.compile(" rows=(\\d+) ");

    /** A statement has their number in two bytes. */
    private static final int MOST_VALUES = 65_535;

    private final Sql sql;
    private final Duration limit;
    private final SearchQuery query;
    private final long end;
    private final List<String> plans = new ArrayList<>();

    Budget(Sql sql, Duration limit, SearchQuery query) {
        this.sql = sql;
        this.limit = limit;
        this.query = query;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** @throws FhirProblemException with TooCostly when the time is over, with TooManyValues when the fragment has too many */
    <T> List<T> list(Fragment fragment, RowMapper<T> mapper) {
        if (query.explained()) {
            Fragment explained = Fragment.template("explain (analyze) %s", fragment);
            plans.add(String.join("\n", inTime(explained, row -> row.getString(1))));
        }
        return inTime(fragment, mapper);
    }

    /** How many rows the planner expects, which looks at none of them. */
    long expected(Fragment fragment) {
        String top = inTime(Fragment.template("explain %s", fragment), row -> row.getString(1))
                .getFirst();
        Matcher rows = EXPECTED.matcher(top);
        return rows.find() ? Long.parseLong(rows.group(1)) : 0;
    }

    /** Of each statement, with the rows that were expected and those that came; none unless they are wanted. */
    List<String> plans() {
        return plans;
    }

    private <T> List<T> inTime(Fragment fragment, RowMapper<T> mapper) {
        if (fragment.values().size() > MOST_VALUES) {
            throw new FhirProblemException(new FhirProblem.TooManyValues(MOST_VALUES));
        }
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            throw tooCostly();
        }
        try {
            return sql.listWithin(
                    left, fragment.sql(), mapper, fragment.values().toArray());
        } catch (SqlFailure e) {
            throw e.isCancelled() ? tooCostly() : e;
        }
    }

    private FhirProblemException tooCostly() {
        return new FhirProblemException(new FhirProblem.TooCostly(limit, Narrowing.of(query)));
    }
}
