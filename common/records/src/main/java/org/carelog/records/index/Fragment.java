package org.carelog.records.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A piece of SQL with the values of its placeholders. What a client sent is only ever a value. */
record Fragment(String sql, List<Object> values) {
    Fragment {
        // List.copyOf refuses null
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    static Fragment of(String sql, Object... values) {
        return new Fragment(sql, Arrays.asList(values));
    }

    /** Fills the {@code %s} of a template of our own with fragments, in order. */
    static Fragment template(String template, Fragment... parts) {
        List<Object> values = new ArrayList<>();
        Object[] texts = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            texts[i] = parts[i].sql();
            values.addAll(parts[i].values());
        }
        return new Fragment(template.formatted(texts), values);
    }

    /** All must hold; none given: true. */
    static Fragment and(List<Fragment> conditions) {
        return joined(conditions, " and ", "true");
    }

    /** One must hold; none given: false. */
    static Fragment or(List<Fragment> conditions) {
        return joined(conditions, " or ", "false");
    }

    private static Fragment joined(List<Fragment> conditions, String word, String empty) {
        if (conditions.isEmpty()) {
            return of(empty);
        }
        if (conditions.size() == 1) {
            return conditions.getFirst();
        }
        Fragment all = list(conditions, word);
        return new Fragment("(" + all.sql() + ")", all.values());
    }

    static Fragment list(List<Fragment> fragments, String separator) {
        List<Object> values = new ArrayList<>();
        fragments.forEach(fragment -> values.addAll(fragment.values()));
        return new Fragment(
                String.join(separator, fragments.stream().map(Fragment::sql).toList()), values);
    }

    @Override
    public String toString() {
        return sql;
    }
}
