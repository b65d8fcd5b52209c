package org.carelog.audit.ingest;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.carelog.audit.ledger.LedgerState;
import org.jboss.logging.Logger;

/**
 * Reads the topic, a partition's records one batch after the other. What cannot be taken in is read again after a pause;
 * nothing is skipped.
 */
@Singleton
final class AccessConsumer {
    private static final Logger LOG = Logger.getLogger(AccessConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Of entries for which nobody needs to wait any longer. */
    private static final int ENOUGH_BYTES = 256 << 10;

    private final IngestConfig config;
    private final Map<String, Object> settings;
    private final Ingest ingest;
    private final Progress progress;
    private final LedgerState state;
    private final Thread thread = Thread.ofPlatform().name("audit-ingest").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean failing;

    AccessConsumer(
            IngestConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            Ingest ingest,
            Progress progress,
            LedgerState state) {
        this.config = config;
        this.settings = new HashMap<>(broker);
        settings.putAll(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                config.group(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                config.group() + "-ingest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                config.batchSize(),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                4 << 20,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                ENOUGH_BYTES,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                Math.toIntExact(config.batchDelay().toMillis())));
        this.ingest = ingest;
        this.progress = progress;
        this.state = state;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    private void run() {
        try {
            do {
                try (KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                    state.refresh();
                    consumer.subscribe(List.of(config.topic()), new FromStoredPlace(consumer));
                    while (stopped.getCount() > 0) {
                        take(consumer.poll(POLL));
                    }
                } catch (RuntimeException | Error e) {
                    // whatever it is, a consumer that is gone takes in nothing ever after
                    failed(e);
                }
            } while (!stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            // stopping; what was not committed is read again
        }
    }

    private void take(ConsumerRecords<String, byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            ingest.apply(partition, records.records(partition));
        }
        if (failing && !records.isEmpty()) {
            LOG.info("audit entries are taken in again");
            failing = false;
        }
    }

    /** The consumer is made anew, from the stored place: what was polled and not taken in comes again. */
    private void failed(Throwable failure) {
        if (!failing && stopped.getCount() > 0) {
            LOG.errorf(
                    "audit entries are not taken in failure=%s",
                    failure.getClass().getName());
            failing = true;
        }
    }

    /** Lets the consumer leave its group, so that the next one need not wait until this one is missed. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        if (thread.isAlive() && !thread.join(PAUSE.multipliedBy(5))) {
            thread.interrupt();
            thread.join(PAUSE.multipliedBy(5));
        }
    }

    private final class FromStoredPlace implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        FromStoredPlace(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                progress.nextOffset(partition)
                        .ifPresentOrElse(
                                offset -> consumer.seek(partition, offset),
                                () -> consumer.seekToBeginning(List.of(partition)));
            }
        }
    }
}
