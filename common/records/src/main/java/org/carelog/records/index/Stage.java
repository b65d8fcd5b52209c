package org.carelog.records.index;

import java.util.List;
import org.carelog.fhir.search.PagePosition;

/** The parts of a walk through a compartment, in their order. */
enum Stage {
    /** Whose patient is the root: an index has them in order. */
    OF_PATIENT,
    /** Those that an index of references leads to. */
    REFERRING,
    /** What all of them refer to, and is in no other patient's compartment. */
    REFERENCED;

    /** Of the compartment of a resource of this type. */
    static Stage first(String root) {
        return root.equals("Patient") ? OF_PATIENT : REFERRING;
    }

    static Stage of(PagePosition position) {
        return valueOf(position.values().getFirst());
    }

    List<Stage> andLater() {
        return List.of(values()).subList(ordinal(), values().length);
    }

    PagePosition beginning() {
        return new PagePosition(List.of(name(), ""), 0);
    }

    PagePosition after(String type, long key) {
        return new PagePosition(List.of(name(), type), key);
    }
}
