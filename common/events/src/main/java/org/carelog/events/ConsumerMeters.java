package org.carelog.events;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** What consumers did, by channel; channels are named in the configuration, so they are few. Thread-safe. */
@Singleton
final class ConsumerMeters {
    private final MeterRegistry meters;

    ConsumerMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts the event, and the time between its commit at the owner and now, as far as the two clocks agree. */
    void applied(String channel, ResourceChanged event) {
        Duration age = Duration.between(event.time(), Instant.now());
        meters.timer("carelog.events.applied", "channel", channel).record(age.isNegative() ? Duration.ZERO : age);
    }

    void parked(String channel) {
        meters.counter("carelog.events.parked", "channel", channel).increment();
    }
}
