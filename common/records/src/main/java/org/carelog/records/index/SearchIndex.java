package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.carelog.fhir.search.IndexEntries;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.Sql;
import org.hl7.fhir.r4.model.Resource;

/**
 * Keeps what is searched in step with the heads: one statement for a change, in the caller's transaction. Thread-safe.
 */
@Singleton
public final class SearchIndex {
    /** Writes only what differs from the rows of the version before, so that a small change makes few dead rows. */
    private static final String PUT = """
            with head as (select ?::bigint as resource_key),
            new_string as materialized (
                select u.parameter::int, u.place & 1 <> 0 as is_first, u.place & 2 <> 0 as is_last, u.normalised, u.exact
                from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[]) as u (parameter, place, normalised, exact)),
            new_date as materialized (
                select u.low, u.high, u.parameter::int, u.place & 1 <> 0 as is_first, u.place & 2 <> 0 as is_last
                from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) as u (parameter, place, low, high)),
            new_reference as materialized (
                select u.parameter::int, u.target_type, u.target_id
                from unnest(?::bigint[], ?::text[], ?::text[]) as u (parameter, target_type, target_id)),
            token as (
                insert into resource_token (resource_key, tokens, codes)
                select head.resource_key, ?::bigint[], coalesce(
                    (select jsonb_object_agg(c.parameter::text, jsonb_build_array(c.first_code, c.last_code))
                     from unnest(?::bigint[], ?::text[], ?::text[]) as c (parameter, first_code, last_code)), '{}')
                from head
                on conflict (resource_key) do update set tokens = excluded.tokens, codes = excluded.codes
                where (resource_token.tokens, resource_token.codes) is distinct from (excluded.tokens, excluded.codes)),
            gone_string as (
                delete from resource_string o where o.resource_key = (select resource_key from head) and not exists (
                    select from new_string n
                    where (n.parameter, n.is_first, n.is_last, n.normalised, n.exact)
                        = (o.parameter, o.is_first, o.is_last, o.normalised, o.exact))),
            gone_date as (
                delete from resource_date o where o.resource_key = (select resource_key from head) and not exists (
                    select from new_date n
                    where (n.low, n.high, n.parameter, n.is_first, n.is_last)
                        = (o.low, o.high, o.parameter, o.is_first, o.is_last))),
            gone_reference as (
                delete from resource_reference o where o.resource_key = (select resource_key from head) and not exists (
                    select from new_reference n
                    where (n.parameter, n.target_type, n.target_id) = (o.parameter, o.target_type, o.target_id))),
            string as (
                insert into resource_string (resource_key, parameter, is_first, is_last, normalised, exact)
                select head.resource_key, n.* from head, new_string n where not exists (
                    select from resource_string o
                    where o.resource_key = head.resource_key
                        and (n.parameter, n.is_first, n.is_last, n.normalised, n.exact)
                            = (o.parameter, o.is_first, o.is_last, o.normalised, o.exact))),
            date as (
                insert into resource_date (resource_key, low, high, parameter, is_first, is_last)
                select head.resource_key, n.* from head, new_date n where not exists (
                    select from resource_date o
                    where o.resource_key = head.resource_key
                        and (n.low, n.high, n.parameter, n.is_first, n.is_last)
                            = (o.low, o.high, o.parameter, o.is_first, o.is_last)))
            insert into resource_reference (resource_key, parameter, target_type, target_id)
            select head.resource_key, n.* from head, new_reference n where not exists (
                select from resource_reference o
                where o.resource_key = head.resource_key
                    and (n.parameter, n.target_type, n.target_id) = (o.parameter, o.target_type, o.target_id))
            """;

    private static final String REMOVE = """
            with head as (select ?::bigint as resource_key),
            string as (delete from resource_string where resource_key = (select resource_key from head)),
            date as (delete from resource_date where resource_key = (select resource_key from head)),
            reference as (delete from resource_reference where resource_key = (select resource_key from head))
            delete from resource_token where resource_key = (select resource_key from head)
            """;

    private final Sql sql;
    private final SearchableTypes types;
    private final MetaLabels labels;

    SearchIndex(Sql sql, SearchableTypes types, MetaLabels labels) {
        this.sql = sql;
        this.types = types;
        this.labels = labels;
    }

    /** Indexes the current version of a resource, in place of what was indexed for an earlier one. */
    public void put(long resourceKey, Resource resource) {
        labels.put(resource);
        IndexEntries entries = types.entries(resource);
        Collection<Placed<IndexEntries.TextEntry>> texts = Placed.texts(entries.texts());
        Collection<Placed<IndexEntries.DateEntry>> dates = Placed.dates(entries.dates());
        sql.update(
                PUT,
                resourceKey,
                longs(texts, text -> text.entry().key()),
                longs(texts, Placed::place),
                strings(texts, text -> text.entry().text().normalised()),
                strings(texts, text -> text.entry().text().exact()),
                longs(dates, date -> date.entry().key()),
                longs(dates, Placed::place),
                longs(dates, date -> date.entry().range().low()),
                longs(dates, date -> date.entry().range().high()),
                longs(entries.targets(), IndexEntries.Target::key),
                strings(entries.targets(), IndexEntries.Target::type),
                strings(entries.targets(), IndexEntries.Target::id),
                longs(entries.tokens(), Long::longValue),
                longs(entries.codes(), IndexEntries.CodeRange::key),
                strings(entries.codes(), IndexEntries.CodeRange::first),
                strings(entries.codes(), IndexEntries.CodeRange::last));
    }

    /** Takes a deleted resource out of the index. */
    public void remove(long resourceKey) {
        sql.update(REMOVE, resourceKey);
    }

    private static <T> long[] longs(Collection<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    private static <T> String[] strings(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
