package org.carelog.records.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.fhir.search.PagePosition;
import org.carelog.fhir.search.SearchQuery;

/**
 * The rows of a page. A search that is sorted by something a resource may lack is answered in two parts: first those that
 * have it, by a join that an index on the value can lead, then those that lack it.
 */
final class PageSql {
    private final SearchQuery query;
    private final List<SortColumn> columns;
    private final Fragment matching;

    PageSql(SearchQuery query, Sight sight) {
        this.query = query;
        this.columns = IntStream.range(0, query.sort().size())
                .mapToObj(i -> SortColumn.of(query.sort().get(i), i))
                .toList();
        this.matching = Fragment.template(
                "%s and %s", sight.of("r0", query.type()), new FilterSql(sight).all(query.filters(), 0));
    }

    Fragment count() {
        return Fragment.template("select count(*) from resource r0 where %s", matching);
    }

    /** Those that have a value for the first key, or all, when it always has one. Empty: the page begins behind them. */
    Optional<Fragment> valued(int limit) {
        if (query.after().isPresent() && isBehindValues(query.after().get())) {
            return Optional.empty();
        }
        List<Fragment> conditions = new ArrayList<>(List.of(matching));
        query.after()
                .map(position -> new Keyset(columns, position.values(), position.resourceKey()).after(true))
                .ifPresent(conditions::add);
        return Optional.of(page(true, conditions, limit));
    }

    /** Those that have no value for the first key. Empty: there is no such key. */
    Optional<Fragment> missing(int limit) {
        if (columns.isEmpty() || columns.getFirst().isOfHead()) {
            return Optional.empty();
        }
        List<Fragment> conditions =
                new ArrayList<>(List.of(matching, columns.getFirst().isMissing()));
        query.after()
                .filter(this::isBehindValues)
                .map(position ->
                        new Keyset(rest(columns), rest(position.values()), position.resourceKey()).after(false))
                .ifPresent(conditions::add);
        return Optional.of(page(false, conditions, limit));
    }

    private boolean isBehindValues(PagePosition position) {
        return !columns.isEmpty() && position.values().getFirst() == null;
    }

    private static <T> List<T> rest(List<T> list) {
        return list.subList(1, list.size());
    }

    /** Chooses the heads first, and looks up the content of the chosen only. */
    private Fragment page(boolean firstHasValue, List<Fragment> conditions, int limit) {
        String template = """
                with page as materialized (
                    select r0.resource_key, r0.resource_type, r0.resource_id, r0.version_id, r0.last_updated, r0.patient_id%s
                    from resource r0
                    %s
                    where %%s
                    order by %sr0.resource_key
                    limit %%s)
                select page.*%s, v.content
                from page join resource_version v on v.resource_key = page.resource_key and v.version_id = page.version_id
                order by %spage.resource_key""".formatted(
                        each(i -> ", %s as s%d".formatted(value(i, firstHasValue), i)),
                        each(i -> join(i, firstHasValue)),
                        each(i -> order(i, firstHasValue)),
                        each(i -> ", s%1$d::text as t%1$d".formatted(i)),
                        each(i -> columns.get(i).order("s" + i) + ", "));
        return Fragment.template(template, Fragment.and(conditions), Fragment.of("?", limit));
    }

    private String value(int i, boolean firstHasValue) {
        return i > 0 || firstHasValue
                ? columns.get(i).value()
                : "null::" + columns.get(i).type();
    }

    private String join(int i, boolean firstHasValue) {
        if (i > 0) {
            return columns.get(i).join(false);
        }
        return firstHasValue ? columns.get(i).join(true) : "";
    }

    private String order(int i, boolean firstHasValue) {
        if (i > 0) {
            return columns.get(i).order(columns.get(i).value()) + ", ";
        }
        return firstHasValue ? columns.get(i).orderWhereRequired(columns.get(i).value()) + ", " : "";
    }

    private String each(IntFunction<String> text) {
        return IntStream.range(0, columns.size()).mapToObj(text).collect(Collectors.joining());
    }
}
