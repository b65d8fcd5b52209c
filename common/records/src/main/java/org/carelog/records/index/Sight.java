package org.carelog.records.index;

import java.util.function.Function;
import org.carelog.access.Visibility;

/** What an asker may see, as conditions on heads. Every place of a query that touches a type takes one from here. */
record Sight(Function<String, Visibility> visible) {
    /** Live heads of the type that the asker may see; {@code head} is the alias of a row of {@code resource}. */
    Fragment of(String head, String type) {
        Fragment live = Fragment.of("%s.resource_type = ? and not %s.is_deleted".formatted(head, head), type);
        return switch (visible.apply(type)) {
            case Visibility.Everything _ -> live;
            case Visibility.Compartment(String patientId) ->
                Fragment.template("%s and %s", live, Fragment.of("%s.patient_id = ?".formatted(head), patientId));
            case Visibility.Nothing _ -> Fragment.of("false");
        };
    }
}
