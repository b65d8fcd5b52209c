package org.carelog.patient;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.carelog.events.EventConsumer;
import org.carelog.records.interaction.Apply;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps the copy of every Encounter in step with encounter-service's events. */
@ApplicationScoped
public class EncounterProjection {
    private static final String CHANNEL = "encounter-changed";

    private final EventConsumer consumer;
    private final Apply apply;

    EncounterProjection(EventConsumer consumer, Apply apply) {
        this.consumer = consumer;
        this.apply = apply;
    }

    @Incoming(CHANNEL)
    @Blocking
    public void onChanged(ConsumerRecords<String, byte[]> batch) {
        consumer.consume(CHANNEL, batch, apply::apply);
    }
}
