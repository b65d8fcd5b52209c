package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carelog.audit.journal.Entity;
import org.carelog.events.ParkedEvent;
import org.carelog.events.ParkedEvents;
import org.carelog.events.ParkedEvents.Redriven;

/** What an administrator does with events that a projection could not apply. */
@ApplicationScoped
public class Parked {
    private final ParkedEvents parked;
    private final Apply apply;

    Parked(ParkedEvents parked, Apply apply) {
        this.parked = parked;
        this.apply = apply;
    }

    /** @param applied the versions that are in the projection now */
    public record Result(Redriven redriven, List<Entity> applied) {}

    /** The longest parked ones first. */
    public List<ParkedEvent> list(int limit) {
        return parked.list(limit);
    }

    /** The event with this id, if it is parked. */
    public Optional<ParkedEvent> find(long id) {
        return parked.find(id);
    }

    /** Applies a key's events in their order, up to the first that fails again. */
    public Result redrive(String channel, String key) {
        List<Entity> applied = new ArrayList<>();
        Redriven redriven = parked.redrive(channel, key, events -> {
            apply.apply(events);
            events.forEach(event -> applied.add(new Entity(event.type(), event.resourceId(), event.version(), null)));
        });
        return new Result(redriven, List.copyOf(applied));
    }

    /** Gives an event up for good; empty: there is none with this id. */
    public Optional<ParkedEvent> discard(long id) {
        return parked.discard(id);
    }
}
