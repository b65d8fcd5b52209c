package org.carelog.system.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All records of a topic. */
public record Topic(String name, List<Event> events) {

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
