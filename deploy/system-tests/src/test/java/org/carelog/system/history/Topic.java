package org.carelog.system.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All records of a topic. */
public record Topic(String name, List<Event> events) {

    /** What is left when these are not looked at. */
    Topic without(Collection<Poison> poison) {
        Set<Poison> places = Set.copyOf(poison);
        return new Topic(
                name,
                events.stream()
                        .filter(event -> !places.contains(new Poison(name, event.partition(), event.offset())))
                        .toList());
    }

    /** The first delivery of each event, by the offsets within a partition. */
    public List<Event> firstDeliveries() {
        Set<String> seen = new HashSet<>();
        List<Event> first = new ArrayList<>();
        events.stream()
                .sorted(Comparator.comparing(Event::partition).thenComparing(Event::offset))
                .filter(event -> seen.add(event.header("ce_id")))
                .forEach(first::add);
        return first;
    }
}
