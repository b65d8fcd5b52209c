package org.carelog.events;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carelog.sql.SqlFailure;
import org.jboss.logging.Logger;

/**
 * What a relay does while it owns the pending set: one step takes what the broker answered, sends what may go next,
 * deletes what is published, reads on. Any failure but of a single event ends it: nothing but the table remembers, so
 * to begin anew is always right. For one thread.
 */
final class Publication {
    private static final int PAGE = 1_000;

    /** With so many pointers in hand no more are read; they hold no content. */
    private static final int ENOUGH = 8 * PAGE;

    /**
     * A read passes over all that waits for what is in hand, and costs the more the more that is. So many times as long as
     * the last one took there is none.
     */
    private static final int PAUSE = 3;

    /** So many held keys mean that something larger is wrong: nothing more is read until some may be tried again. */
    private static final int MOST_HELD = 10_000;

    private static final Logger LOG = Logger.getLogger(Publication.class);

    private final PendingSet pending;
    private final PublishedContent history;
    private final Publisher publisher;
    private final String source;
    private final Duration pause;
    private final Duration hold;
    private final Lanes lanes = new Lanes();
    private final List<Long> published = new ArrayList<>();
    private final Map<String, Long> heldUntil = new HashMap<>();
    private long pausedUntil = System.nanoTime();
    private long readAgainAt = System.nanoTime();
    private boolean unread;
    private int onTheWay;

    Publication(
            PendingSet pending,
            PublishedContent history,
            Publisher publisher,
            String source,
            Duration pause,
            Duration hold) {
        this.pending = pending;
        this.history = history;
        this.publisher = publisher;
        this.source = source;
        this.pause = pause;
        this.hold = hold;
    }

    /**
     * One step.
     *
     * @return how many events were published since the last one
     * @throws SQLException the table cannot be reached any more, so it may have another owner now
     */
    int step() throws SQLException, PublisherBroken {
        takeAnswers();
        send();
        int count = deletePublished();
        readOn();
        send();
        return count;
    }

    /**
     * The last step of a relay that stops: sends nothing more, deletes what is still acknowledged, so that it is not
     * sent again.
     *
     * @return how many events were published since the last step
     */
    int finish(WakeUp wakeUp, Duration atMost) throws SQLException, PublisherBroken, InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        takeAnswers();
        for (long left = until - System.nanoTime(); onTheWay > 0 && left > 0; left = until - System.nanoTime()) {
            wakeUp.await(Duration.ofNanos(left));
            takeAnswers();
        }
        return deletePublished();
    }

    private int deletePublished() throws SQLException {
        int count = published.size();
        if (count > 0) {
            pending.delete(published);
            published.clear();
        }
        return count;
    }

    int heldKeys() {
        return heldUntil.size();
    }

    private void takeAnswers() throws PublisherBroken {
        for (Publisher.Sent sent = publisher.poll(); sent != null; sent = publisher.poll()) {
            onTheWay--;
            switch (sent) {
                case Publisher.Published(Pointer pointer) -> {
                    lanes.published(pointer);
                    published.add(pointer.id());
                }
                case Publisher.NotNow(Pointer pointer, Exception why) -> {
                    LOG.debugf(
                            "%s is not published yet: %s",
                            pointer, why.getClass().getSimpleName());
                    pauseBefore(pointer);
                }
                case Publisher.Refused(Pointer pointer, Exception why) ->
                    hold(pointer, why.getClass().getSimpleName());
                case Publisher.Broken(Exception why) -> throw new PublisherBroken(why);
            }
        }
    }

    private void send() throws PublisherBroken {
        while (System.nanoTime() - pausedUntil >= 0) {
            Optional<Pointer> next = lanes.next();
            if (next.isEmpty()) {
                return;
            }
            Pointer pointer = next.get();
            try {
                send(pointer);
            } catch (SqlFailure e) {
                notRead(pointer, e);
            }
        }
    }

    private void send(Pointer pointer) throws PublisherBroken {
        Optional<PublishedContent.Content> content =
                history.find(pointer.type(), pointer.resourceId(), pointer.version());
        if (content.isEmpty()) {
            hold(pointer, "not in the history");
            return;
        }
        onTheWay++;
        if (!publisher.send(pointer, event(pointer, content.get()))) {
            takeAnswers();
        }
    }

    /** By the service's pool. Whether this relay still is the owner, its own connection will say. */
    private void notRead(Pointer pointer, SqlFailure why) {
        if (why.isUnavailable() || why.isRetryable()) {
            LOG.debugf("%s is not read yet: %s", pointer, why.getMessage());
            pauseBefore(pointer);
        } else {
            hold(pointer, why.getMessage());
        }
    }

    private void pauseBefore(Pointer pointer) {
        lanes.again(pointer);
        pausedUntil = System.nanoTime() + pause.toNanos();
    }

    private void readOn() throws SQLException {
        long began = System.nanoTime();
        unread = began - readAgainAt < 0;
        if (unread) {
            return;
        }
        heldUntil.values().removeIf(until -> System.nanoTime() - until >= 0);
        Set<String> without = new HashSet<>(heldUntil.keySet());
        boolean more = true;
        while (more && lanes.size() < ENOUGH && heldUntil.size() < MOST_HELD) {
            without.addAll(lanes.keys());
            List<Pointer> page = pending.page(without, PAGE);
            without.addAll(lanes.take(page));
            more = page.size() == PAGE;
        }
        long ended = System.nanoTime();
        readAgainAt = ended + PAUSE * (ended - began);
    }

    /** How long nothing is to be done, unless somebody calls. */
    Duration rest(Duration atMost) {
        Duration untilRead = Duration.ofNanos(Math.max(0, readAgainAt - System.nanoTime()));
        return unread && untilRead.compareTo(atMost) < 0 ? untilRead : atMost;
    }

    private void hold(Pointer pointer, String why) {
        LOG.errorf("%s cannot be published (%s): events of its key wait, others go on", pointer, why);
        lanes.drop(pointer);
        heldUntil.put(pointer.key(), System.nanoTime() + hold.toNanos());
    }

    private ResourceChanged event(Pointer pointer, PublishedContent.Content content) {
        return new ResourceChanged(
                Envelope.idOf(source, pointer.type(), pointer.resourceId(), pointer.version()),
                source,
                pointer.type(),
                pointer.resourceId(),
                pointer.version(),
                pointer.change(),
                content.at(),
                content.json());
    }

    /** The producer cannot go on; a new one may. */
    static final class PublisherBroken extends Exception {
        private static final long serialVersionUID = 1L;

        PublisherBroken(Exception cause) {
            super(cause.getClass().getSimpleName(), cause);
        }
    }
}
