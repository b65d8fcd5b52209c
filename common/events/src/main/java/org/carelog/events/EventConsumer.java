package org.carelog.events;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Applies the events of a channel, in order. A batch is one transaction as long as all is well, and otherwise one per
 * record: what fails for a while is tried until it goes, what fails for good is parked and its key held, so that its
 * later events wait behind it and all others flow. Thread-safe; a partition belongs to one thread at a time.
 */
@Singleton
public final class EventConsumer {
    private static final Logger LOG = Logger.getLogger(EventConsumer.class);

    /** How often an event is tried that fails, but not for a reason that passes by itself. */
    private static final int ATTEMPTS = 4;

    private final ParkedRecords parked;
    private final ConsumerMeters meters;
    private volatile boolean stopping;

    EventConsumer(ParkedRecords parked, ConsumerMeters meters) {
        this.parked = parked;
        this.meters = meters;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /**
     * Returns when every record of the batch is applied or parked, so that its offsets may be committed; while the
     * database is away it does not return. To be called outside a transaction.
     *
     * @param channel names the consumer: what is parked or held is so for this channel
     * @param handler applies events, in their order, in the transaction it is called in. It gets events twice, late and
     *     after a delete, and again when the transaction fails: it must let the stored version decide, and do nothing
     *     outside the transaction
     * @throws IllegalStateException the service stops; what was not applied comes again
     * @throws VirtualMachineError no event brought it about, so none is parked; the service must stop
     */
    public void consume(
            String channel, ConsumerRecords<String, byte[]> batch, Consumer<List<ResourceChanged>> handler) {
        BatchSpans.around(batch, () -> {
            if (appliesTogether(channel, batch, handler)) {
                return;
            }
            // of one record, that was the first attempt
            int attempts = batch.count() == 1 ? ATTEMPTS - 1 : ATTEMPTS;
            for (ConsumerRecord<String, byte[]> record : batch) {
                settle(channel, record, handler, attempts);
            }
        });
    }

    private boolean appliesTogether(
            String channel, ConsumerRecords<String, byte[]> batch, Consumer<List<ResourceChanged>> handler) {
        List<ResourceChanged> events = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, byte[]> record : batch) {
            switch (Envelope.decode(record)) {
                case Decoded.Event(ResourceChanged event) -> events.add(event);
                case Decoded.Unreadable unreadable -> {
                    return false;
                }
            }
        }
        try {
            boolean applied = OwnTransaction.call(() -> {
                if (parked.holdsAny(channel, batch)) {
                    return false;
                }
                handler.accept(events);
                return true;
            });
            if (applied) {
                events.forEach(event -> meters.applied(channel, event));
            }
            return applied;
        } catch (RuntimeException e) {
            LOG.debugf("%d records of channel %s one by one: %s", batch.count(), channel, OwnTransaction.nameOf(e));
            return false;
        }
    }

    /** Applies or parks one record, however long that takes. */
    private void settle(
            String channel,
            ConsumerRecord<String, byte[]> record,
            Consumer<List<ResourceChanged>> handler,
            int attempts) {
        Backoff backoff = new Backoff(() -> stopping);
        Optional<RuntimeException> gaveUp = Optional.empty();
        for (int failures = 0; ; backoff.pause()) {
            try {
                if (gaveUp.isPresent()) {
                    parkFailed(channel, record, gaveUp.get());
                } else {
                    applyOrHold(channel, record, handler);
                }
                return;
            } catch (RuntimeException e) {
                boolean passes = Transience.isTransient(e);
                // where it is not even taken to be parked the fault is not the event's
                failures = gaveUp.isPresent() ? 0 : failures + (passes ? 0 : 1);
                gaveUp = failures == attempts ? Optional.of(e) : Optional.empty();
                LOG.warnf(
                        "%s on channel %s failed: %s%s",
                        at(record), channel, OwnTransaction.nameOf(e), passes ? ", which passes" : "");
            }
        }
    }

    private void applyOrHold(
            String channel, ConsumerRecord<String, byte[]> record, Consumer<List<ResourceChanged>> handler) {
        Decoded decoded = Envelope.decode(record);
        Optional<String> parkedFor = OwnTransaction.call(() -> {
            parked.lock(channel, record.key());
            Optional<String> reason = parked.holds(channel, record.key())
                    ? Optional.of("KEY_HELD")
                    : switch (decoded) {
                        case Decoded.Unreadable(Decoded.Reason why) -> Optional.of(why.name());
                        case Decoded.Event event -> Optional.empty();
                    };
            if (reason.isPresent()) {
                parked.park(channel, record, reason.get(), null);
            } else if (decoded instanceof Decoded.Event(ResourceChanged event)) {
                handler.accept(List.of(event));
            }
            return reason;
        });
        if (parkedFor.isPresent()) {
            tellParked(channel, record, parkedFor.get());
        } else if (decoded instanceof Decoded.Event(ResourceChanged event)) {
            meters.applied(channel, event);
        }
    }

    private void parkFailed(String channel, ConsumerRecord<String, byte[]> record, RuntimeException failure) {
        OwnTransaction.call(() -> {
            parked.lock(channel, record.key());
            parked.park(channel, record, "HANDLER_FAILED", OwnTransaction.nameOf(failure));
            return null;
        });
        tellParked(channel, record, "HANDLER_FAILED");
    }

    private void tellParked(String channel, ConsumerRecord<String, byte[]> record, String reason) {
        meters.parked(channel);
        LOG.errorf("%s on channel %s is parked, its key held: %s", at(record), channel, reason);
    }

    private static String at(ConsumerRecord<String, byte[]> record) {
        return record.topic() + "-" + record.partition() + " offset " + record.offset();
    }
}
