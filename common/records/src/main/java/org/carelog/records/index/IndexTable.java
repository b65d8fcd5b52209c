package org.carelog.records.index;

import java.util.List;
import org.carelog.sql.Batch;
import org.carelog.sql.Sql;

/**
 * A table of the index that has any number of rows for a resource.
 *
 * @param columns all but the first, {@code resource_key}
 * @param given a query over its parameters: the rows to be there
 */
record IndexTable(String name, String columns, String given) {

    /** Where none of the resources has rows. */
    void add(Batch batch, Object... columnsGiven) {
        if (hasRows(columnsGiven)) {
            batch.add("insert into %s (resource_key, %s) %s".formatted(name, columns, given), columnsGiven);
        }
    }

    /** Where the resources of these keys may have rows: those that stay the same are not touched. */
    void replace(Batch batch, long[] keys, Object... columnsGiven) {
        Object[] values = new Object[columnsGiven.length + 1];
        System.arraycopy(columnsGiven, 0, values, 0, columnsGiven.length);
        values[columnsGiven.length] = keys;
        batch.add("""
                with given (resource_key, %2$s) as materialized (%3$s),
                there as materialized (select resource_key, %2$s from %1$s where resource_key = any (?)),
                gone as (
                    delete from %1$s o using (select * from there except select * from given) as g
                    where o.resource_key = g.resource_key and (%4$s) = (%5$s))
                insert into %1$s (resource_key, %2$s) select * from given except select * from there
                """.formatted(name, columns, given, of("o"), of("g")), values);
    }

    /** The keys of those resources whose rows are others than these. */
    List<Long> different(Sql sql, long[] keys, Object... columnsGiven) {
        Object[] values = new Object[columnsGiven.length + 1];
        System.arraycopy(columnsGiven, 0, values, 0, columnsGiven.length);
        values[columnsGiven.length] = keys;
        return sql.list("""
                with given (resource_key, %2$s) as materialized (%3$s),
                there as materialized (select resource_key, %2$s from %1$s where resource_key = any (?))
                (select resource_key from (select * from given except all select * from there) as missing)
                union (select resource_key from (select * from there except all select * from given) as other)
                """.formatted(name, columns, given), row -> row.getLong(1), values);
    }

    private String of(String alias) {
        return alias + "." + columns.replace(", ", ", " + alias + ".");
    }

    private static boolean hasRows(Object... columnsGiven) {
        return ((long[]) columnsGiven[0]).length > 0;
    }
}
