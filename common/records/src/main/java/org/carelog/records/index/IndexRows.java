package org.carelog.records.index;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.carelog.fhir.search.IndexEntries;
import org.carelog.fhir.search.IndexedQuantity;
import org.carelog.sql.Batch;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/** The index's rows of some resources, column by column, and the statements that write them. For one thread. */
final class IndexRows {
    private static final IndexTable STRING =
            new IndexTable("resource_string", "parameter, is_first, is_last, normalised, exact", """
            select key, parameter::int, place & 1 <> 0, place & 2 <> 0, normalised, exact
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
                as u (key, parameter, place, normalised, exact)
            """);
    private static final IndexTable DATE =
            new IndexTable("resource_date", "low, high, parameter, is_first, is_last", """
            select key, low, high, parameter::int, place & 1 <> 0, place & 2 <> 0
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                as u (key, low, high, parameter, place)
            """);
    private static final IndexTable QUANTITY = new IndexTable(
            "resource_quantity",
            "parameter, is_first, is_last, low, high, measure, measured_low, measured_high, code, unit, beside",
            """
            select key, parameter::int, place & 1 <> 0, place & 2 <> 0, low::numeric, high::numeric, measure,
                measured_low::numeric, measured_high::numeric, code, unit, beside::bigint[]
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                    ?::bigint[], ?::bigint[], ?::text[])
                as u (key, parameter, place, low, high, measure, measured_low, measured_high, code, unit, beside)
            """);
    private static final IndexTable REFERENCE =
            new IndexTable("resource_reference", "parameter, target_type, target_id", """
            select key, parameter::int, target_type, target_id
            from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[]) as u (key, parameter, target_type, target_id)
            """);

    private static final IndexTable TOKEN = new IndexTable("resource_token", "tokens, codes", """
            select key, tokens::bigint[], codes::jsonb
            from unnest(?::bigint[], ?::text[], ?::text[]) as u (key, tokens, codes)
            """);
    private static final String REPLACE_TOKENS = """
            insert into resource_token (resource_key, tokens, codes)
            select key, tokens::bigint[], codes::jsonb from unnest(?::bigint[], ?::text[], ?::text[]) as u (key, tokens, codes)
            on conflict (resource_key) do update set tokens = excluded.tokens, codes = excluded.codes
            where (resource_token.tokens, resource_token.codes) is distinct from (excluded.tokens, excluded.codes)
            """;

    /** Else the database plans what replaces rows anew for each write, and that takes longer than to run it. */
    private static final String PLAN_ONCE = "set local plan_cache_mode = force_generic_plan";

    /** As a search needs it, which may follow in the same transaction. */
    private static final String PLAN_BY_VALUES = "set local plan_cache_mode = auto";

    private record Row<T>(long key, T entry) {}

    private final List<Row<IndexEntries>> resources = new ArrayList<>();
    private final List<Row<Placed<IndexEntries.TextEntry>>> texts = new ArrayList<>();
    private final List<Row<Placed<IndexEntries.DateEntry>>> dates = new ArrayList<>();
    private final List<Row<Placed<IndexEntries.QuantityEntry>>> quantities = new ArrayList<>();
    private final List<Row<IndexEntries.Target>> targets = new ArrayList<>();

    /** Whether one of the resources is of a type that may have quantities: most have none to replace. */
    private boolean mayHaveQuantities;

    void put(long key, IndexEntries entries, boolean ofTypeWithQuantities) {
        mayHaveQuantities |= ofTypeWithQuantities;
        resources.add(new Row<>(key, entries));
        Placed.texts(entries.texts()).forEach(text -> texts.add(new Row<>(key, text)));
        Placed.dates(entries.dates()).forEach(date -> dates.add(new Row<>(key, date)));
        Placed.quantities(entries.quantities()).forEach(quantity -> quantities.add(new Row<>(key, quantity)));
        entries.targets().forEach(target -> targets.add(new Row<>(key, target)));
    }

    /** For resources of which nothing is in the index. */
    void add(Batch batch) {
        if (!resources.isEmpty()) {
            TOKEN.add(batch, tokens());
            STRING.add(batch, texts());
            DATE.add(batch, dates());
            QUANTITY.add(batch, quantities());
            REFERENCE.add(batch, targets());
        }
    }

    /** Writes only what differs from the rows of the versions before, so that a small change makes few dead rows. */
    void replace(Batch batch) {
        if (!resources.isEmpty()) {
            long[] keys = Columns.longs(resources, Row::key);
            batch.add(PLAN_ONCE);
            batch.add(REPLACE_TOKENS, tokens());
            STRING.replace(batch, keys, texts());
            DATE.replace(batch, keys, dates());
            if (mayHaveQuantities) {
                QUANTITY.replace(batch, keys, quantities());
            }
            REFERENCE.replace(batch, keys, targets());
            batch.add(PLAN_BY_VALUES);
        }
    }

    /** The keys of those resources of which something else is in the index. */
    Set<Long> different(Sql sql) {
        long[] keys = Columns.longs(resources, Row::key);
        Set<Long> different = new HashSet<>(TOKEN.different(sql, keys, tokens()));
        different.addAll(STRING.different(sql, keys, texts()));
        different.addAll(DATE.different(sql, keys, dates()));
        different.addAll(QUANTITY.different(sql, keys, quantities()));
        different.addAll(REFERENCE.different(sql, keys, targets()));
        return different;
    }

    private Object[] tokens() {
        return new Object[] {
            Columns.longs(resources, Row::key),
            Columns.strings(resources, resource -> array(resource.entry().tokens())),
            Columns.strings(resources, resource -> codes(resource.entry().codes()))
        };
    }

    private Object[] texts() {
        return new Object[] {
            Columns.longs(texts, Row::key),
            Columns.longs(texts, text -> text.entry().entry().key()),
            Columns.longs(texts, text -> text.entry().place()),
            Columns.strings(texts, text -> text.entry().entry().text().normalised()),
            Columns.strings(texts, text -> text.entry().entry().text().exact())
        };
    }

    private Object[] dates() {
        return new Object[] {
            Columns.longs(dates, Row::key),
            Columns.longs(dates, date -> date.entry().entry().range().low()),
            Columns.longs(dates, date -> date.entry().entry().range().high()),
            Columns.longs(dates, date -> date.entry().entry().key()),
            Columns.longs(dates, date -> date.entry().place())
        };
    }

    private Object[] quantities() {
        return new Object[] {
            Columns.longs(quantities, Row::key),
            Columns.longs(quantities, row -> row.entry().entry().key()),
            Columns.longs(quantities, row -> row.entry().place()),
            ends(quantity -> quantity.given().low(), "-Infinity"),
            ends(quantity -> quantity.given().high(), "Infinity"),
            hashes(IndexedQuantity::measure),
            ends(quantity -> quantity.measured().low(), "-Infinity"),
            ends(quantity -> quantity.measured().high(), "Infinity"),
            hashes(IndexedQuantity::code),
            hashes(IndexedQuantity::unit),
            Columns.strings(quantities, row -> array(row.entry().entry().beside()))
        };
    }

    private String[] ends(Function<IndexedQuantity, BigDecimal> end, String open) {
        return Columns.strings(quantities, row -> {
            BigDecimal number = end.apply(row.entry().entry().quantity());
            return number == null ? open : number.toString();
        });
    }

    private long[] hashes(ToLongFunction<IndexedQuantity> hash) {
        return Columns.longs(
                quantities, row -> hash.applyAsLong(row.entry().entry().quantity()));
    }

    private Object[] targets() {
        return new Object[] {
            Columns.longs(targets, Row::key),
            Columns.longs(targets, target -> target.entry().key()),
            Columns.strings(targets, target -> target.entry().type()),
            Columns.strings(targets, target -> target.entry().id())
        };
    }

    /** An array in an array cannot have a length of its own, so it goes as its text. */
    private static String array(Collection<Long> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String codes(Collection<IndexEntries.CodeRange> codes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        codes.forEach(code ->
                json.putArray(Integer.toString(code.key())).add(code.first()).add(code.last()));
        return json.toString();
    }
}
