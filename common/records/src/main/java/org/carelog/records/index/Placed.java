package org.carelog.records.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.carelog.fhir.search.CodePoints;
import org.carelog.fhir.search.IndexEntries;

/**
 * An entry and its place among those of the same resource and parameter. Exactly one of them is the first, and one the
 * last, by which the resource is sorted.
 *
 * @param place 1 for the first, 2 for the last, 3 for both, 0 for others
 */
record Placed<T>(T entry, int place) {
    private static final int FIRST = 1;
    private static final int LAST = 2;

    static Collection<Placed<IndexEntries.TextEntry>> texts(Collection<IndexEntries.TextEntry> entries) {
        return place(
                entries,
                IndexEntries.TextEntry::key,
                Comparator.comparing(entry -> TextSql.start(entry.text().normalised()), CodePoints.ORDER));
    }

    static Collection<Placed<IndexEntries.DateEntry>> dates(Collection<IndexEntries.DateEntry> entries) {
        return place(
                entries,
                IndexEntries.DateEntry::key,
                Comparator.comparingLong(entry -> entry.range().low()));
    }

    static Collection<Placed<IndexEntries.QuantityEntry>> quantities(Collection<IndexEntries.QuantityEntry> entries) {
        return place(
                entries,
                IndexEntries.QuantityEntry::key,
                Comparator.comparing(
                        entry -> entry.quantity().measured().low(), Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    private static <T> Collection<Placed<T>> place(Collection<T> entries, ToIntFunction<T> key, Comparator<T> order) {
        Map<Integer, T> first = new HashMap<>();
        Map<Integer, T> last = new HashMap<>();
        for (T entry : entries) {
            first.merge(key.applyAsInt(entry), entry, (a, b) -> order.compare(b, a) < 0 ? b : a);
            last.merge(key.applyAsInt(entry), entry, (a, b) -> order.compare(b, a) > 0 ? b : a);
        }
        List<Placed<T>> placed = new ArrayList<>(entries.size());
        for (T entry : entries) {
            int place = (first.get(key.applyAsInt(entry)).equals(entry) ? FIRST : 0)
                    | (last.get(key.applyAsInt(entry)).equals(entry) ? LAST : 0);
            placed.add(new Placed<>(entry, place));
        }
        return placed;
    }
}
