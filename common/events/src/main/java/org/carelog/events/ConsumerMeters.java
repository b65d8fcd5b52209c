package org.carelog.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What consumers did, by channel; channels are named in the configuration, so they are few. Thread-safe. */
@Singleton
final class ConsumerMeters {
    private final MeterRegistry meters;
    private final Map<String, AtomicReference<Instant>> lastApplied = new ConcurrentHashMap<>();

    ConsumerMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts the event, and the time between its commit at the owner and now, as far as the two clocks agree. */
    void applied(String channel, ResourceChanged event) {
        Duration age = Duration.between(event.time(), ServiceClock.now());
        meters.timer("carelog.events.applied", "channel", channel).record(age.isNegative() ? Duration.ZERO : age);
        lastApplied.computeIfAbsent(channel, this::measured).set(event.time());
    }

    private AtomicReference<Instant> measured(String channel) {
        AtomicReference<Instant> last = new AtomicReference<>(ServiceClock.now());
        Gauge.builder(
                        "carelog.events.freshness",
                        () -> Duration.between(last.get(), ServiceClock.now()).toMillis() / 1000.0)
                .description("How long ago the last event that was applied was committed")
                .tag("channel", channel)
                .baseUnit("seconds")
                .register(meters);
        return last;
    }

    void parked(String channel) {
        meters.counter("carelog.events.parked", "channel", channel).increment();
    }
}
