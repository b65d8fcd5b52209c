package org.carelog.bench.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carelog.local.load.InputResource;

/** People with a few encounters each, as many as are asked for, in groups that are copies of some models. */
public final class Crowd {

    private final List<PersonTemplate> people = new ArrayList<>();
    private final Part patients;
    private final Part encounters;
    private final long first;

    /**
     * @param models for each person of a group, the Patient and then what is theirs
     * @param first the number of the first group
     */
    public Crowd(List<List<InputResource>> models, long first) throws IOException {
        this.first = first;
        List<InputResource> marked = new ArrayList<>();
        List<InputResource> theirs = new ArrayList<>();
        for (List<InputResource> model : models) {
            InputResource patient = model.getFirst();
            people.add(PersonTemplate.of(patient));
            marked.add(new InputResource(patient.type(), patient.id(), Patients.marked(patient)));
            theirs.addAll(model.subList(1, model.size()));
        }
        var ids = models.stream().flatMap(List::stream).map(InputResource::id).collect(Collectors.toSet());
        this.patients = Parts.part(marked, ids);
        this.encounters = Parts.part(theirs, ids);
    }

    /** The transactions that write a group, in their order; what the second refers to is in the first. */
    public List<Part> parts() {
        return List.of(patients, encounters);
    }

    /** How many groups have so many people. */
    public int groups(int size) {
        return Math.ceilDiv(size, people.size());
    }

    /** By which the transactions of a group are copied. */
    public long number(int group) {
        return first + group;
    }

    /** @param position from 0 on, in the order in which they are written */
    public Person person(int position) {
        return people.get(position % people.size()).copy(number(position / people.size()));
    }
}
