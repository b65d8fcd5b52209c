package org.carelog.records.index;

import java.util.List;
import org.carelog.fhir.search.PagePosition;

/** "After this row" for an order of columns, those without a value last, and then by key; or before it. */
final class Keyset {
    private final List<SortColumn> columns;
    private final PagePosition row;
    private final List<String> values;

    /**
     * @param columns in the direction of the page
     * @param values those of the row for these columns; null where it has none
     */
    Keyset(List<SortColumn> columns, List<String> values, PagePosition row) {
        this.columns = columns;
        this.row = row;
        this.values = values;
    }

    /** @param firstHasValue the first column is known not to be null */
    Fragment after(boolean firstHasValue) {
        if (columns.isEmpty() || !firstHasValue) {
            return after(0, false);
        }
        // follows from the rest; gives the index on the first column a bound
        return Fragment.template("%s and %s", columns.getFirst().followsOrEquals(values.getFirst()), after(0, true));
    }

    private Fragment after(int column, boolean hasValue) {
        if (column == columns.size()) {
            return Fragment.of("r0.resource_key %s ?".formatted(row.backwards() ? "<" : ">"), row.resourceKey());
        }
        SortColumn sorted = columns.get(column);
        String value = values.get(column);
        if (value == null) {
            Fragment none = Fragment.template(
                    "(%s and %s)", Fragment.of(sorted.value() + " is null"), after(column + 1, false));
            return row.backwards() ? Fragment.or(List.of(Fragment.of(sorted.value() + " is not null"), none)) : none;
        }
        Fragment same = Fragment.template("(%s and %s)", sorted.equalTo(value), after(column + 1, false));
        return hasValue || row.backwards() || sorted.isOfHead()
                ? Fragment.or(List.of(sorted.follows(value), same))
                : Fragment.or(List.of(sorted.follows(value), Fragment.of(sorted.value() + " is null"), same));
    }
}
