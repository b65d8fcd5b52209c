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
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.carelog.sql.OwnConnections;

/** Starts the relays with a service that publishes, and stops them with it. */
@Singleton
final class RelayLifecycle {
    /** A database that says nothing for so long is as good as gone, and the lock with it. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    private final EventsConfig events;
    private final OutboxConfig outbox;
    private final Instance<PublishedContent> history;
    private final Instance<PublishedState> state;
    private final Map<String, Object> broker;
    private final MeterRegistry meters;
    private final WakeUp wakeUp;
    private final OwnConnections connections;
    private Optional<Relay> relay = Optional.empty();
    private Optional<StateRelay> stateRelay = Optional.empty();

    RelayLifecycle(
            EventsConfig events,
            OutboxConfig outbox,
            Instance<PublishedContent> history,
            Instance<PublishedState> state,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            MeterRegistry meters,
            WakeUp wakeUp,
            OwnConnections connections) {
        this.events = events;
        this.outbox = outbox;
        this.history = history;
        this.state = state;
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
        String source = required(events.source(), "carelog.events.source");
        String stateTopic = required(events.stateTopic(), "carelog.events.state-topic");
        if (!history.isResolvable() || !state.isResolvable()) {
            throw new IllegalStateException(
                    "carelog.events.topic is set, but nothing here provides PublishedContent and PublishedState");
        }
        int maxRecordSize = Math.toIntExact(events.maxRecordSize().asLongValue());
        Relay started = new Relay(
                () -> connections.open("carelog-relay", LONGEST_SILENCE),
                () -> new Publisher(broker, topic, maxRecordSize, wakeUp),
                history.get(),
                source,
                outbox,
                wakeUp);
        StateRelay stateStarted = new StateRelay(
                () -> connections.open("carelog-state-relay", LONGEST_SILENCE),
                () -> new StatePublisher(broker, stateTopic, maxRecordSize),
                state.get(),
                new StateRelay.Target(stateTopic, source),
                outbox);
        measure(started);
        measure(stateStarted);
        started.start();
        stateStarted.start();
        relay = Optional.of(started);
        stateRelay = Optional.of(stateStarted);
    }

    private static String required(Optional<String> setting, String name) {
        return setting.orElseThrow(
                () -> new IllegalStateException("carelog.events.topic is set, %s is not".formatted(name)));
    }

    void stop(@Observes ShutdownEvent event) {
        relay.ifPresent(Relay::close);
        stateRelay.ifPresent(StateRelay::close);
    }

    Optional<Relay> relay() {
        return relay;
    }

    private void measure(Relay started) {
        gauge(
                        "carelog.outbox.pending",
                        started::report,
                        report -> report.backlog().count())
                .description("Versions committed and not yet published; counted up to 100,000")
                .register(meters);
        gauge(
                        "carelog.outbox.oldest",
                        started::report,
                        report -> report.backlog().oldest().toMillis() / 1000.0)
                .description("How long the first of them has waited")
                .baseUnit("seconds")
                .register(meters);
        gauge("carelog.outbox.held", started::report, Relay.Report::heldKeys)
                .description("Keys held because one of their events cannot be published")
                .register(meters);
        FunctionCounter.builder("carelog.outbox.published", started, Relay::published)
                .description("Events that the broker has acknowledged")
                .register(meters);
    }

    private void measure(StateRelay started) {
        gauge("carelog.state.pending", started::report, StateRelay.Report::marks)
                .description("Marks of resources whose state is not on the state topic yet; counted up to 100,000")
                .register(meters);
        gauge("carelog.state.held", started::report, StateRelay.Report::held)
                .description("Resources whose state cannot be published")
                .register(meters);
    }

    /** Of several replicas only the owner knows; the others report no number, so that a sum counts nothing twice. */
    private static <T> Gauge.Builder<Supplier<Number>> gauge(
            String name, Supplier<Optional<T>> report, ToDoubleFunction<T> value) {
        return Gauge.builder(name, () -> report.get().map(value::applyAsDouble).orElse(Double.NaN));
    }
}
