package org.carelog.events;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.carelog.sql.OwnConnections;

/** Starts the relay with a service that publishes, and stops it with it. */
@Singleton
final class RelayLifecycle {
    /** A database that says nothing for so long is as good as gone, and the lock with it. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    private final EventsConfig events;
    private final OutboxConfig outbox;
    private final Instance<PublishedContent> history;
    private final Map<String, Object> broker;
    private final MeterRegistry meters;
    private final WakeUp wakeUp;
    private final OwnConnections connections;
    private Optional<Relay> relay = Optional.empty();

    RelayLifecycle(
            EventsConfig events,
            OutboxConfig outbox,
            Instance<PublishedContent> history,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            MeterRegistry meters,
            WakeUp wakeUp,
            OwnConnections connections) {
        this.events = events;
        this.outbox = outbox;
        this.history = history;
        this.broker = broker;
        this.meters = meters;
        this.wakeUp = wakeUp;
        this.connections = connections;
    }

    void start(@Observes StartupEvent event) {
        if (events.topic().isEmpty()) {
            return;
        }
        String topic = events.topic().get();
        String source = events.source()
                .orElseThrow(
                        () -> new IllegalStateException("carelog.events.topic is set, carelog.events.source is not"));
        if (!history.isResolvable()) {
            throw new IllegalStateException("carelog.events.topic is set, but nothing here provides PublishedContent");
        }
        Relay started = new Relay(
                () -> connections.open("carelog-relay", LONGEST_SILENCE),
                () -> new Publisher(
                        broker, topic, Math.toIntExact(events.maxRecordSize().asLongValue()), wakeUp),
                history.get(),
                source,
                outbox,
                wakeUp);
        measure(started);
        started.start();
        relay = Optional.of(started);
    }

    void stop(@Observes ShutdownEvent event) {
        relay.ifPresent(Relay::close);
    }

    Optional<Relay> relay() {
        return relay;
    }

    /** Of several replicas only the owner knows; the others report no number, so that a sum counts nothing twice. */
    private void measure(Relay started) {
        gauge("carelog.outbox.pending", started, report -> report.backlog().count())
                .description("Versions committed and not yet published; counted up to 100,000")
                .register(meters);
        gauge(
                        "carelog.outbox.oldest",
                        started,
                        report -> report.backlog().oldest().toMillis() / 1000.0)
                .description("How long the first of them has waited")
                .baseUnit("seconds")
                .register(meters);
        gauge("carelog.outbox.held", started, Relay.Report::heldKeys)
                .description("Keys held because one of their events cannot be published")
                .register(meters);
        FunctionCounter.builder("carelog.outbox.published", started, Relay::published)
                .description("Events that the broker has acknowledged")
                .register(meters);
    }

    private static Gauge.Builder<Relay> gauge(String name, Relay relay, ToDoubleFunction<Relay.Report> value) {
        return Gauge.builder(
                name, relay, r -> r.report().map(value::applyAsDouble).orElse(Double.NaN));
    }
}
