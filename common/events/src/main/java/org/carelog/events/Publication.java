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
final class Publication implements AutoCloseable {
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

    /** So many events are sent before the broker answers: what a crash may have sent a second time. */
    private static final int MOST_ON_THE_WAY = 256;

    /** So many contents are read at a time. */
    private static final int CONTENTS = 32;

    private static final Logger LOG = Logger.getLogger(Publication.class);

    private final PendingSet pending;
    private final PublishedContent history;
    private final Relay.Publishers publishers;
    private final String source;
    private final Duration pause;
    private final Duration hold;
    private final List<Long> published = new ArrayList<>();
    private final Map<String, Long> heldUntil = new HashMap<>();
    private Publisher publisher;
    private Lanes lanes = new Lanes();
    private long pausedUntil = System.nanoTime();
    private long readAgainAt = System.nanoTime();
    private boolean unread;
    private int contentsAtOnce = CONTENTS;
    private int onTheWay;

    Publication(
            PendingSet pending,
            PublishedContent history,
            Relay.Publishers publishers,
            String source,
            Duration pause,
            Duration hold) {
        this.pending = pending;
        this.history = history;
        this.publishers = publishers;
        this.publisher = publishers.open();
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
            Failpoint.BEFORE_DELETE.reached();
            pending.delete(published);
            published.clear();
        }
        return count;
    }

    int heldKeys() {
        return heldUntil.size();
    }

    private void takeAnswers() throws PublisherBroken {
        for (Publisher.Sent answer = publisher.poll(); answer != null; answer = publisher.poll()) {
            if (!(answer instanceof Publisher.Published(Pointer pointer))) {
                beginAnew(answer);
                return;
            }
            onTheWay--;
            lanes.done(pointer);
            published.add(pointer.id());
        }
    }

    /** After a failure the producer sends nothing more. When it was of single events, their keys are held and a new one goes on. */
    private void beginAnew(Publisher.Sent failure) throws PublisherBroken {
        publisher.close();
        lanes = new Lanes();
        onTheWay = 0;
        Optional<Exception> broken = Optional.empty();
        boolean refused = false;
        for (Publisher.Sent answer = failure; answer != null; answer = publisher.poll()) {
            switch (answer) {
                case Publisher.Published(Pointer pointer) -> published.add(pointer.id());
                case Publisher.Refused(Pointer pointer, Exception why) -> {
                    hold(pointer, why.getClass().getSimpleName());
                    refused = true;
                }
                case Publisher.NotNow(Exception why) -> broken = Optional.of(why);
                case Publisher.Broken(Exception why) -> broken = Optional.of(why);
            }
        }
        if (!refused) {
            throw new PublisherBroken(broken.orElseThrow());
        }
        publisher = publishers.open();
    }

    private void send() throws PublisherBroken {
        while (onTheWay < MOST_ON_THE_WAY && System.nanoTime() - pausedUntil >= 0) {
            List<Pointer> next = lanes.next(contentsAtOnce);
            if (next.isEmpty()) {
                contentsAtOnce = CONTENTS;
                return;
            }
            send(next);
        }
    }

    private void send(List<Pointer> next) throws PublisherBroken {
        Map<PublishedContent.Version, PublishedContent.Content> contents;
        try {
            contents = history.find(next.stream().map(Pointer::content).toList());
        } catch (SqlFailure e) {
            notRead(next, e);
            return;
        }
        for (int i = 0; i < next.size(); i++) {
            Pointer pointer = next.get(i);
            PublishedContent.Content content = contents.get(pointer.content());
            if (heldUntil.containsKey(pointer.key())) {
                lanes.drop(pointer);
            } else if (content == null && i == 0) {
                drop(pointer, "not in the history");
            } else if (content == null) {
                lanes.again(next.subList(i, next.size()));
                return;
            } else {
                switch (publisher.send(pointer, event(pointer, content)).orElse(null)) {
                    case null -> onTheWay++;
                    case Publisher.Refused(Pointer refused, Exception why) ->
                        drop(refused, why.getClass().getSimpleName());
                    case Publisher.NotNow(Exception why) -> {
                        pauseBefore(next.subList(i, next.size()), why.getClass().getSimpleName());
                        return;
                    }
                    case Publisher.Sent broken -> {
                        beginAnew(broken);
                        return;
                    }
                }
            }
        }
    }

    /** By the service's pool. Whether this relay still is the owner, its own connection will say. */
    private void notRead(List<Pointer> pointers, SqlFailure why) {
        if (why.isUnavailable() || why.isRetryable()) {
            pauseBefore(pointers, why.getMessage());
        } else if (pointers.size() == 1) {
            drop(pointers.getFirst(), why.getMessage());
            contentsAtOnce = CONTENTS;
        } else {
            // one by one, until it is known which
            lanes.again(pointers);
            contentsAtOnce = 1;
        }
    }

    private void pauseBefore(List<Pointer> pointers, String why) {
        LOG.debugf("%s is not published yet: %s", pointers.getFirst(), why);
        lanes.again(pointers);
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

    private void drop(Pointer unsent, String why) {
        hold(unsent, why);
        lanes.drop(unsent);
    }

    private void hold(Pointer pointer, String why) {
        LOG.errorf("%s cannot be published (%s): events of its key wait, others go on", pointer, why);
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

    @Override
    public void close() {
        publisher.close();
    }
}
