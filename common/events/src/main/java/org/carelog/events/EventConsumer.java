package org.carelog.events;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Applies events from a channel. */
@Singleton
public final class EventConsumer {

    EventConsumer() {}

    /** Returns when every record of the batch is applied or parked. The handler runs in a transaction of this class. */
    public void consume(String channel, ConsumerRecords<String, byte[]> batch, Consumer<ResourceChanged> handler) {
        QuarkusTransaction.requiringNew()
                .run(() -> batch.forEach(record -> {
                    switch (Envelope.decode(record)) {
                        case Decoded.Event(ResourceChanged event) -> handler.accept(event);
                        case Decoded.Unreadable(Decoded.Reason reason) ->
                            throw new IllegalStateException(reason.name());
                    }
                }));
    }
}
