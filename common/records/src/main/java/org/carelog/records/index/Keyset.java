package org.carelog.records.index;

import java.util.List;

/** "After this row" for an order of columns, those without a value last, and then by key. */
final class Keyset {
    private final List<SortColumn> columns;
    private final List<String> last;
    private final long lastKey;

    /** @param last the values of the last row, as many as columns; null where it has none */
    Keyset(List<SortColumn> columns, List<String> last, long lastKey) {
        this.columns = columns;
        this.last = last;
        this.lastKey = lastKey;
    }

    /** @param firstHasValue the first column is known not to be null */
    Fragment after(boolean firstHasValue) {
        if (columns.isEmpty() || !firstHasValue) {
            return after(0, false);
        }
        // follows from the rest; gives the index on the first column a bound
        return Fragment.template("%s and %s", columns.getFirst().followsOrEquals(last.getFirst()), after(0, true));
    }

    private Fragment after(int column, boolean hasValue) {
        if (column == columns.size()) {
            return Fragment.of("r0.resource_key > ?", lastKey);
        }
        SortColumn sorted = columns.get(column);
        String value = last.get(column);
        if (value == null) {
            return Fragment.template("(%s and %s)", Fragment.of(sorted.value() + " is null"), after(column + 1, false));
        }
        Fragment same = Fragment.template("(%s and %s)", sorted.equalTo(value), after(column + 1, false));
        return hasValue || sorted.isOfHead()
                ? Fragment.or(List.of(sorted.follows(value), same))
                : Fragment.or(List.of(sorted.follows(value), Fragment.of(sorted.value() + " is null"), same));
    }
}
