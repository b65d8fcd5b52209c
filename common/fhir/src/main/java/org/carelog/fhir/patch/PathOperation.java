package org.carelog.fhir.patch;

import java.util.List;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/** One operation of a FHIRPath Patch, which changes the resource it is given. {@code number} counts from 1. */
sealed interface PathOperation {
    int number();

    PatchPath path();

    void apply(Resource resource);

    /** Does it, or says why it cannot be done. */
    default void perform(Resource resource) {
        try {
            apply(resource);
        } catch (PatchPath.Unanswerable e) {
            throw failed(e.getMessage());
        }
    }

    /** Appends to a list, or gives an element its one value where it has none. */
    record Add(int number, PatchPath path, String name, PatchValue value) implements PathOperation {
        @Override
        public void apply(Resource resource) {
            List<Base> parents = path.select(resource);
            if (parents.size() != 1) {
                throw failed("the path selects %d elements, and one is needed".formatted(parents.size()));
            }
            Slot slot = Slot.of(parents.getFirst(), name).orElseThrow(() -> failed("it has no element of this name"));
            List<IBase> values = slot.values();
            if (!slot.repeats() && !values.isEmpty()) {
                throw failed("the element has a value already, and does not repeat");
            }
            values.add(fitting(slot, value));
            slot.set(values);
        }
    }

    record Insert(int number, PatchPath path, int index, PatchValue value) implements PathOperation {
        @Override
        public void apply(Resource resource) {
            Slot slot = list(resource);
            List<IBase> values = slot.values();
            if (index > values.size()) {
                throw failed("the list has no place of this index");
            }
            values.add(index, fitting(slot, value));
            slot.set(values);
        }
    }

    /** Deletes the one element, or nothing where there is none. */
    record Delete(int number, PatchPath path) implements PathOperation {
        @Override
        public void apply(Resource resource) {
            List<Place> places = path.places(resource);
            if (places.size() > 1) {
                throw failed("the path selects %d elements, and only one can be deleted".formatted(places.size()));
            }
            places.forEach(Place::remove);
        }
    }

    record Replace(int number, PatchPath path, PatchValue value) implements PathOperation {
        @Override
        public void apply(Resource resource) {
            List<Place> places = path.places(resource);
            if (places.size() != 1) {
                throw failed("the path selects %d elements, and one is needed".formatted(places.size()));
            }
            Place place = places.getFirst();
            place.replace(fitting(place.slot(), value));
        }
    }

    record Move(int number, PatchPath path, int source, int destination) implements PathOperation {
        @Override
        public void apply(Resource resource) {
            Slot slot = list(resource);
            List<IBase> values = slot.values();
            if (Math.max(source, destination) >= values.size()) {
                throw failed("the list has no element of this index");
            }
            values.add(destination, values.remove(source));
            slot.set(values);
        }
    }

    /** An element in its list; a list of one where it does not repeat. */
    record Place(Slot slot, int index) {
        void remove() {
            List<IBase> values = slot.values();
            values.remove(index);
            slot.set(values);
        }

        void replace(IBase value) {
            List<IBase> values = slot.values();
            values.set(index, value);
            slot.set(values);
        }
    }

    /** The list that the path names, which may be empty. */
    default Slot list(Resource resource) {
        List<Slot> slots = path().slots(resource);
        if (slots.size() != 1) {
            throw failed("the path selects %d lists, and one is needed".formatted(slots.size()));
        }
        if (!slots.getFirst().repeats()) {
            throw failed("the path names no list");
        }
        return slots.getFirst();
    }

    default IBase fitting(Slot slot, PatchValue value) {
        return slot.fitting(value).orElseThrow(() -> failed("the value is not of a type that belongs there"));
    }

    default FhirProblemException failed(String reason) {
        String type = getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        return new FhirProblemException(new FhirProblem.FailedPatch(number(), type, path().text(), reason));
    }
}
