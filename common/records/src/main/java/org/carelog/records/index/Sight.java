package org.carelog.records.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** The same of any of these types, in as few conditions as there are kinds of visibility. */
    Fragment ofAny(String head, Collection<String> types) {
        List<String> whole = new ArrayList<>();
        Map<String, List<String>> ofPatient = new TreeMap<>();
        for (String type : types) {
            switch (visible.apply(type)) {
                case Visibility.Everything _ -> whole.add(type);
                case Visibility.Compartment(String patientId) ->
                    ofPatient.computeIfAbsent(patientId, _ -> new ArrayList<>()).add(type);
                case Visibility.Nothing _ -> {}
            }
        }
        List<Fragment> conditions = new ArrayList<>();
        if (!whole.isEmpty()) {
            conditions.add(typed(head, whole));
        }
        ofPatient.forEach((patient, own) -> conditions.add(Fragment.template(
                "%s and %s", typed(head, own), Fragment.of("%s.patient_id = ?".formatted(head), patient))));
        return Fragment.template("not %s.is_deleted and %%s".formatted(head), Fragment.or(conditions));
    }

    private static Fragment typed(String head, List<String> types) {
        return Fragment.of("%s.resource_type = any (?)".formatted(head), (Object) types.toArray(String[]::new));
    }
}
