package org.carelog.sql;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Rows as the columns that {@code unnest} takes apart again. Pure. */
public final class Columns {
    private Columns() {}

    public static <T> String[] strings(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    public static <T> long[] longs(Collection<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).toArray();
    }
}
