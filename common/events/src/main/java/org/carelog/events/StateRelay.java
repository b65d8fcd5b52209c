package org.carelog.events;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.carelog.events.PendingState.Mark;
import org.carelog.events.PublishedState.Resource;
import org.carelog.events.PublishedState.State;
import org.jboss.logging.Logger;

/**
 * Brings the state topic up to date, on a thread of its own, whenever no other relay of this database does: of each
 * resource that is marked it publishes how it is now, then takes the marks away. It may be killed at any point: what was
 * published and is still marked is published again, as it is then.
 */
final class StateRelay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StateRelay.class);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(2);
    private static final int PAGE = 500;

    private final Relay.Connections connections;
    private final Publishers publishers;
    private final PublishedState state;
    private final Target target;
    private final OutboxConfig config;
    private final RelayThread thread;
    private final Map<Resource, Long> heldUntil = new HashMap<>();
    private int atOnce = PAGE;
    private volatile Optional<Report> report = Optional.empty();

    StateRelay(
            Relay.Connections connections,
            Publishers publishers,
            PublishedState state,
            Target target,
            OutboxConfig config) {
        this.connections = connections;
        this.publishers = publishers;
        this.state = state;
        this.target = target;
        this.config = config;
        this.thread =
                new RelayThread("carelog-state-relay", config.retryInterval(), new WakeUp(), this::workWhileOwner);
    }

    void start() {
        thread.start();
    }

    /** What the owner last saw, able to publish or not; empty while another relay is the owner, or the database is away. */
    Optional<Report> report() {
        return report;
    }

    private void workWhileOwner() throws SQLException, InterruptedException, PublisherBroken {
        try (PendingState pending = PendingState.own(connections.open())) {
            if (pending == null) {
                report = Optional.empty();
                return;
            }
            // as the outbox's: what waits because there is nothing to publish with is told, too
            report = Optional.of(new Report(pending.count(), heldUntil.size()));
            try (StatePublisher publisher = publishers.open()) {
                LOG.info("This process publishes the state");
                long reportAt = System.nanoTime();
                while (!thread.stopped()) {
                    boolean more = step(pending, publisher);
                    if (System.nanoTime() - reportAt >= 0) {
                        report = Optional.of(new Report(pending.count(), heldUntil.size()));
                        reportAt = System.nanoTime() + REPORT_INTERVAL.toNanos();
                    }
                    if (!more) {
                        thread.pause(config.stateInterval());
                    }
                }
            }
            report = Optional.empty();
        } catch (SQLException e) {
            report = Optional.empty();
            throw e;
        }
    }

    /** @return whether there may be more to do at once */
    private boolean step(PendingState pending, StatePublisher publisher) throws SQLException, PublisherBroken {
        heldUntil.values().removeIf(until -> System.nanoTime() - until >= 0);
        List<Mark> marks = pending.page(heldUntil.keySet(), atOnce);
        if (marks.isEmpty()) {
            atOnce = PAGE;
            return walkOn(pending);
        }
        Map<Resource, Mark> newest = new LinkedHashMap<>();
        marks.forEach(mark -> newest.put(mark.resource(), mark));
        Map<Resource, State> found = state.find(List.copyOf(newest.keySet()));
        Resource first = marks.getFirst().resource();
        if (found.containsKey(first)) {
            publish(publisher, newest.values().stream().filter(mark -> found.containsKey(mark.resource())), found);
            pending.delete(marks.stream()
                    .filter(mark -> found.containsKey(mark.resource()))
                    .toList());
        } else {
            hold(first, "not there");
        }
        return marks.size() == atOnce || found.size() < newest.size();
    }

    private void publish(StatePublisher publisher, Stream<Mark> marks, Map<Resource, State> found)
            throws PublisherBroken {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        marks.forEach(mark -> records.add(record(mark, found.get(mark.resource()))));
        try {
            publisher.publish(records);
        } catch (KafkaException e) {
            refused(found.keySet().iterator().next(), records.size(), e);
            throw new PublisherBroken(e);
        }
    }

    /** When it was for a record, it is looked for one by one, and then held, the others going on. */
    private void refused(Resource first, int count, KafkaException why) {
        if (Publisher.isOfTheRecord(why) || Publisher.isOfTheRecord(why.getCause())) {
            if (count == 1) {
                hold(first, "too large");
            }
            atOnce = count == 1 ? PAGE : 1;
        }
    }

    private void hold(Resource resource, String why) {
        LOG.errorf("The state of %s cannot be published (%s): others go on", resource, why);
        heldUntil.put(resource, System.nanoTime() + config.holdInterval().toNanos());
    }

    /** What was there before the topic was is marked page by page, whenever nothing else is. */
    private boolean walkOn(PendingState pending) throws SQLException {
        OptionalLong place = pending.walk();
        if (place.isPresent()) {
            pending.mark(state.owned(place.getAsLong(), PAGE));
        }
        return place.isPresent();
    }

    private ProducerRecord<String, byte[]> record(Mark mark, State now) {
        Resource resource = mark.resource();
        return Envelope.encode(
                target.topic(),
                MessageKey.of(resource.type(), resource.id(), null),
                MessageKey.of(resource.type(), resource.id(), now.patientId()),
                new ResourceChanged(
                        Envelope.idOf(target.source(), resource.type(), resource.id(), now.version()),
                        target.source(),
                        resource.type(),
                        resource.id(),
                        now.version(),
                        now.change(),
                        now.content().at(),
                        now.content().json()),
                mark.version() == now.version() ? mark.traceparent() : null);
    }

    @Override
    public void close() {
        thread.close();
    }

    /** Where it publishes, and as whom. */
    record Target(String topic, String source) {}

    /** A producer of the relay's own. */
    interface Publishers {
        StatePublisher open();
    }

    /** @param held resources whose state could not be published, while others go on */
    record Report(long marks, int held) {}
}
