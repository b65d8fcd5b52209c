package org.carelog.events;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.carelog.events.CopyKeeper.Restored;
import org.jboss.logging.Logger;

/**
 * Rebuilds the copies of a channel from their owner's state topic, beside live traffic: step by step, each in a transaction that
 * notes how far it came, so what is killed goes on from there. Copies are never away meanwhile. On a thread of its own; of several
 * instances one does a step at a time.
 */
@Singleton
final class Rebuilder {
    private static final Logger LOG = Logger.getLogger(Rebuilder.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST = 500;

    private final Rebuilds rebuilds;
    private final RebuildConfig config;
    private final Instance<CopyKeeper> keeper;
    private final Map<String, Object> broker;
    private final Thread thread =
            Thread.ofPlatform().name("carelog-rebuilder").daemon().unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);

    Rebuilder(
            Rebuilds rebuilds,
            RebuildConfig config,
            Instance<CopyKeeper> keeper,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.rebuilds = rebuilds;
        this.config = config;
        this.keeper = keeper;
        this.broker = broker;
    }

    void start(@Observes StartupEvent event) {
        if (!config.topic().isEmpty()) {
            thread.start();
        }
    }

    private void run() {
        try {
            while (!stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    for (String channel : rebuilds.channels()) {
                        if (rebuilds.goesOn(channel)) {
                            rebuild(channel);
                        }
                    }
                } catch (RuntimeException | Error e) {
                    // the message may quote a record
                    LOG.warnf("Copies are not rebuilt for now: %s", e.getClass().getName());
                }
            }
        } catch (InterruptedException e) {
            // stopping; the next instance goes on from the last step
        }
    }

    private void rebuild(String channel) {
        try (StateTopic topic = new StateTopic(broker, config.topic().get(channel), MOST)) {
            int most = MOST;
            AtomicReference<StateTopic.Page> tried = new AtomicReference<>();
            while (stopped.getCount() > 0) {
                try {
                    int limit = most;
                    if (!OwnTransaction.call(() -> step(channel, topic, limit, tried))) {
                        return;
                    }
                    most = Math.min(MOST, 2 * most);
                } catch (RuntimeException e) {
                    if (Transience.isTransient(e) || e instanceof KafkaException) {
                        throw e;
                    }
                    // another read might begin with another partition
                    StateTopic.Page failed = tried.get();
                    if (most == 1 && failed != null) {
                        OwnTransaction.call(() -> pass(channel, failed, e));
                    }
                    most = 1;
                }
            }
        }
    }

    /**
     * @param tried is told what was read
     * @return whether there is more to do for this instance
     */
    private boolean step(String channel, StateTopic topic, int most, AtomicReference<StateTopic.Page> tried) {
        tried.set(null);
        Rebuilds.Place place = rebuilds.lock(channel).orElse(null);
        if (place == null) {
            return false;
        }
        if (place.next() == null) {
            rebuilds.place(channel, new Rebuilds.Place(topic.begins(), topic.ends()));
            LOG.infof("The copies of channel %s are rebuilt", channel);
            return true;
        }
        if (place.isOver()) {
            rebuilds.finish(channel);
            LOG.infof("The copies of channel %s are rebuilt to the end", channel);
            return false;
        }
        StateTopic.Page page = topic.read(place.next(), place.ends(), most);
        tried.set(page);
        // two of one resource may be on the topic until it is compacted: the later one is the owner's word
        Map<String, ResourceChanged> current = new LinkedHashMap<>();
        int unreadable = 0;
        for (ConsumerRecord<String, byte[]> record : page.records()) {
            switch (Envelope.decode(record)) {
                case Decoded.Event(ResourceChanged event) ->
                    current.merge(event.reference(), event, (a, b) -> a.version() > b.version() ? a : b);
                case Decoded.Unreadable(Decoded.Reason why) -> {
                    // what is erased has no value
                    unreadable += why == Decoded.Reason.NULL_VALUE ? 0 : 1;
                }
            }
        }
        Restored restored = keeper.get().restore(List.copyOf(current.values()));
        rebuilds.progress(channel, place, page.next(), restored, unreadable);
        return true;
    }

    /** Leaves out the one record of a page that cannot be applied; nothing, when another instance went on meanwhile. */
    private boolean pass(String channel, StateTopic.Page page, RuntimeException failure) {
        Rebuilds.Place place = rebuilds.lock(channel).orElse(null);
        if (place != null && place.next() != null && Arrays.equals(place.next(), page.from())) {
            page.records()
                    .forEach(record -> LOG.errorf(
                            "%s-%d offset %d cannot be applied: %s",
                            record.topic(), record.partition(), record.offset(), OwnTransaction.nameOf(failure)));
            rebuilds.progress(
                    channel,
                    place,
                    page.next(),
                    new Restored(0, 0, 0),
                    page.records().size());
        }
        return true;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        if (thread.isAlive()) {
            thread.join(PAUSE.multipliedBy(5));
        }
    }
}
