package org.carelog.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** What an operator does with parked events. Thread-safe, and safe beside a running consumer. */
@Singleton
public final class ParkedEvents {
    private static final Logger LOG = Logger.getLogger(ParkedEvents.class);

    private final ParkedRecords parked;

    ParkedEvents(ParkedRecords parked) {
        this.parked = parked;
    }

    void measure(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("carelog.events.waiting", () -> OwnTransaction.call(parked::count))
                .description("Events that are parked")
                .register(meters);
    }

    /** The longest parked ones first. */
    public List<ParkedEvent> list(int limit) {
        return OwnTransaction.call(
                () -> parked.oldest(limit).stream().map(ParkedRecord::toEvent).toList());
    }

    /** The event with this id, if it is parked. */
    public Optional<ParkedEvent> find(long id) {
        return OwnTransaction.call(() -> parked.findByIdOptional(id).map(ParkedRecord::toEvent));
    }

    /**
     * Applies the parked events of a key in their order, each in a transaction of its own, up to the first that fails
     * again. When none is left the key is released, and its next event is applied as it comes.
     */
    public Redriven redrive(String channel, String key, Consumer<List<ResourceChanged>> handler) {
        int applied = 0;
        try {
            while (OwnTransaction.call(() -> applyFirst(channel, key, handler))) {
                applied++;
            }
        } catch (RuntimeException e) {
            LOG.warnf("A parked event on channel %s still fails: %s", channel, OwnTransaction.nameOf(e));
        }
        return new Redriven(applied, OwnTransaction.call(() -> parked.countOf(channel, key)));
    }

    /**
     * Gives up an event for good. The later ones of its key are not applied by that: re-drive them.
     *
     * @return the event, if there was such a one
     */
    public Optional<ParkedEvent> discard(long id) {
        return OwnTransaction.call(() -> parked.findByIdOptional(id).map(record -> {
            ParkedEvent event = record.toEvent();
            parked.delete(record);
            return event;
        }));
    }

    /** How many there are, by channel. */
    public Map<String, Long> counts() {
        return OwnTransaction.call(parked::counts);
    }

    private boolean applyFirst(String channel, String key, Consumer<List<ResourceChanged>> handler) {
        parked.lock(channel, key);
        Optional<ParkedRecord> first = parked.firstOf(channel, key);
        if (first.isPresent() && first.get().decode() instanceof Decoded.Event(ResourceChanged event)) {
            handler.accept(List.of(event));
            parked.delete(first.get());
            return true;
        }
        return false;
    }

    /**
     * @param applied how many were applied now
     * @param parked how many of the key are still parked; 0: the key is released
     */
    public record Redriven(int applied, long parked) {}
}
