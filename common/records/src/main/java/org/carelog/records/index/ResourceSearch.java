package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.Narrowing;
import org.carelog.fhir.search.PagePosition;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchScope;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.fhir.search.Total;
import org.carelog.sql.RowMapper;
import org.carelog.sql.Sql;

/**
 * Answers searches from the index, each from what the asker may see. Pages follow one another by the last row given, not
 * by a number of rows, so a page costs the same wherever it is, and what is written meanwhile neither repeats nor skips a
 * resource that stays as it is. Thread-safe.
 */
@Singleton
public final class ResourceSearch {
    private final Sql sql;
    private final SearchableTypes types;
    private final SearchSettings settings;
    private final PageTokens tokens;
    private final ReadyParameters ready;
    private final CommonTokens common;

    ResourceSearch(
            Sql sql,
            SearchableTypes types,
            SearchSettings settings,
            PageTokens tokens,
            ReadyParameters ready,
            CommonTokens common) {
        this.sql = sql;
        this.types = types;
        this.settings = settings;
        this.tokens = tokens;
        this.ready = ready;
        this.common = common;
    }

    /**
     * @param visible what the asker may see of each type the query touches: the result, chain links and includes
     * @param asker the subject to whom tokens of pages are bound
     * @throws FhirProblemException with BeingIndexed when a parameter does not answer yet, with InvalidSearchParameter when includes
     *     bring too much for one page, with TooCostly when it takes too long, with TooManyToCount when an accurate total is asked for
     *     and too many match
     */
    public SearchPage find(SearchQuery query, Function<String, Visibility> visible, String asker) {
        ready.require(query.parameters());
        Sight sight = new Sight(visible);
        Budget budget = new Budget(sql, settings.timeBudget(), query);
        PageSql pageSql = new PageSql(query, new FilterSql(sight, budget, common), sight);
        List<Row> rows = rows(query, pageSql, budget);
        List<Row> read = rows.stream()
                .limit(query.count())
                .takeWhile(row -> row.match().hasContent())
                .toList();
        boolean hasMore = rows.size() > read.size();
        List<Row> page = query.isBackwards() ? read.reversed() : read;
        boolean hasNext = query.isBackwards() || hasMore;
        boolean hasPrevious = query.isBackwards() ? hasMore : query.beside().isPresent();
        return new SearchPage(
                page.stream().map(Row::match).toList(),
                page.stream().map(Row::position).toList(),
                new Included(budget, new IncludeSql(types, sight)).of(query.includes(), page),
                total(query, pageSql, budget, page.size(), hasNext),
                page.reversed().stream()
                        .limit(hasNext ? 1 : 0)
                        .findFirst()
                        .map(last -> token(query, last.position(), asker)),
                page.stream()
                        .limit(hasPrevious ? 1 : 0)
                        .findFirst()
                        .map(first -> token(query, first.position().before(), asker)),
                budget.plans());
    }

    /**
     * The query that a page token stands for, set to its page.
     *
     * @throws FhirProblemException with InvalidSearchParameter when the token was not made here, for this scope and this
     *     asker
     */
    public SearchQuery resume(String pageToken, SearchScope scope, String asker) {
        return tokens.open(pageToken, scope.address(), asker)
                .map(PageState::read)
                .orElseThrow(() -> new FhirProblemException(new FhirProblem.InvalidSearchParameter(
                        "_page", "is no page of a search that was given to you; send the search again")))
                .query(types, scope);
    }

    /** One more than fit on the page, when there are more; those that are too much for it without their content. */
    private static List<Row> rows(SearchQuery query, PageSql pageSql, Budget budget) {
        if (query.count() == 0) {
            return List.of();
        }
        int limit = query.count() + 1;
        RowMapper<Row> mapper = row -> Row.read(row, query.sort().size());
        List<Row> rows = new ArrayList<>();
        for (IntFunction<Fragment> part : pageSql.parts()) {
            if (rows.size() < limit) {
                rows.addAll(budget.list(part.apply(limit - rows.size()), mapper));
            }
        }
        return rows;
    }

    /** What one page holds is known without counting. */
    private OptionalLong total(SearchQuery query, PageSql pageSql, Budget budget, int found, boolean hasNext) {
        if (query.count() == 0) {
            return OptionalLong.of(count(query, pageSql, budget));
        }
        boolean isWhole = !hasNext && query.beside().isEmpty();
        return switch (query.total().orElse(Total.NONE)) {
            case ESTIMATE, ACCURATE -> OptionalLong.of(isWhole ? found : count(query, pageSql, budget));
            case NONE -> isWhole && query.total().isEmpty() ? OptionalLong.of(found) : OptionalLong.empty();
        };
    }

    /** Exact as far as is counted; beyond, as the planner sees it, where that is enough. */
    private long count(SearchQuery query, PageSql pageSql, Budget budget) {
        long limit = settings.mostCounted();
        long counted =
                budget.list(pageSql.count(limit + 1), row -> row.getLong(1)).getFirst();
        if (counted <= limit) {
            return counted;
        }
        if (query.total().equals(Optional.of(Total.ESTIMATE))) {
            return Math.max(counted, budget.expected(pageSql.matches()));
        }
        throw new FhirProblemException(new FhirProblem.TooManyToCount(limit, Narrowing.of(query)));
    }

    /** The value of {@code _page} for the page beside a match. */
    public String token(SearchQuery query, PagePosition position, String asker) {
        return tokens.seal(PageState.of(query, position).bytes(), query.scope().address(), asker);
    }
}
