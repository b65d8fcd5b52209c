package org.carelog.records.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.fhir.search.PagePosition;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.sql.PageBytes;

/**
 * The rows of a page. A search that is sorted by something a resource may lack is answered in two parts: first those that
 * have it, by a join that an index on the value can lead, then those that lack it. A page before a match is read from its end:
 * all orders are reversed, and so is the order of the parts. Of all types, copies are not found: their owner has them.
 */
final class PageSql {
    private final SearchQuery query;
    private final List<SortColumn> columns;
    /** Type by type. */
    private final List<Fragment> matching;

    PageSql(SearchQuery query, FilterSql filters, Sight sight) {
        this.query = query;
        this.columns = IntStream.range(0, query.sort().size())
                .mapToObj(i -> SortColumn.of(query.sort().get(i), i))
                .map(column -> query.isBackwards() ? column.reversed() : column)
                .toList();
        this.matching = query.branches().stream()
                .map(branch -> Fragment.template(
                        query.scope().isOfOneType() ? "%s and %s" : "%s and %s and r0.is_copy is null",
                        sight.of("r0", branch.type()),
                        filters.all(branch.filters(), 0)))
                .toList();
    }

    /** How many match, counted up to a limit. */
    Fragment count(long limit) {
        return Fragment.template(
                "select count(*) from (select 1 from (%s) m limit %s) c", matches(), Fragment.of("?", limit));
    }

    /** A row for each match. */
    Fragment matches() {
        return Fragment.list(
                matching.stream()
                        .map(branch -> Fragment.template("select 1 from resource r0 where %s", branch))
                        .toList(),
                " union all ");
    }

    /** The parts in the order in which they are read, each of so many rows at most. */
    List<IntFunction<Fragment>> parts() {
        List<IntFunction<Fragment>> parts = new ArrayList<>();
        if (hasValued()) {
            parts.add(this::valued);
        }
        if (hasMissing()) {
            parts.add(this::missing);
        }
        return query.isBackwards() ? parts.reversed() : parts;
    }

    private boolean hasValued() {
        return query.isBackwards()
                || query.beside().filter(this::isBehindValues).isEmpty();
    }

    private boolean hasMissing() {
        return !columns.isEmpty()
                && !columns.getFirst().isOfHead()
                && (!query.isBackwards()
                        || query.beside().filter(this::isBehindValues).isPresent());
    }

    /** Those that have a value for the first key, or all, when it always has one. */
    private Fragment valued(int limit) {
        List<Fragment> conditions = new ArrayList<>();
        query.beside()
                .filter(position -> !isBehindValues(position))
                .map(position -> new Keyset(columns, position.values(), position).after(true))
                .ifPresent(conditions::add);
        return page(true, conditions, limit);
    }

    /** Those that have no value for the first key. */
    private Fragment missing(int limit) {
        List<Fragment> conditions = new ArrayList<>(List.of(columns.getFirst().isMissing()));
        query.beside()
                .filter(this::isBehindValues)
                .map(position -> new Keyset(rest(columns), rest(position.values()), position).after(false))
                .ifPresent(conditions::add);
        return page(false, conditions, limit);
    }

    private boolean isBehindValues(PagePosition position) {
        return !columns.isEmpty() && position.values().getFirst() == null;
    }

    private static <T> List<T> rest(List<T> list) {
        return list.subList(1, list.size());
    }

    /** Chooses the heads first, and looks up the content of the chosen only. */
    private Fragment page(boolean firstHasValue, List<Fragment> conditions, int limit) {
        List<Fragment> heads = matching.stream()
                .map(branch -> heads(
                        firstHasValue,
                        Stream.concat(Stream.of(branch), conditions.stream()).toList(),
                        limit))
                .toList();
        return Fragment.template(
                """
                with page as materialized (
                    %%s)
                select page.*%s, %s
                from page join resource_version v on v.resource_key = page.resource_key and v.version_id = page.version_id
                order by %s""".formatted(
                                each(i -> ", s%1$d::text as t%1$d".formatted(i)),
                                PageBytes.content("v.content", orderOfPage("page")),
                                orderOfPage("page")),
                heads.size() == 1 ? heads.getFirst() : merged(heads, limit));
    }

    private Fragment heads(boolean firstHasValue, List<Fragment> conditions, int limit) {
        String template = """
                select r0.resource_key, r0.resource_type, r0.resource_id, r0.version_id, r0.last_updated, r0.patient_id%s
                from resource r0
                %s
                where %%s
                order by %sr0.resource_key%s
                limit %%s""".formatted(
                        each(i -> ", %s as s%d".formatted(value(i, firstHasValue), i)),
                        each(i -> join(i, firstHasValue)),
                        each(i -> order(i, firstHasValue)),
                        direction());
        return Fragment.template(template, Fragment.and(conditions), Fragment.of("?", limit));
    }

    /** The first of the first of each type. */
    private Fragment merged(List<Fragment> heads, int limit) {
        return Fragment.template(
                "select * from (%%s) u order by %s limit %%s".formatted(orderOfPage("u")),
                Fragment.list(
                        heads.stream()
                                .map(branch -> Fragment.template("(%s)", branch))
                                .toList(),
                        " union all "),
                Fragment.of("?", limit));
    }

    private String orderOfPage(String alias) {
        return "%s%s.resource_key%s".formatted(each(i -> columns.get(i).order("s" + i) + ", "), alias, direction());
    }

    private String direction() {
        return query.isBackwards() ? " desc" : "";
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
