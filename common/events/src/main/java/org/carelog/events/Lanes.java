package org.carelog.events;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the relay has in hand: a lane for each message key, of which the head alone is on its way to the broker. So the
 * order in a key never hangs on how the broker or the producer treat a batch of which one record fails. Pure; for one
 * thread.
 */
final class Lanes {
    /** Rows beyond this stay in the table, so that one busy patient does not fill the memory and the others wait. */
    static final int LONGEST = 512;

    private final Map<String, Deque<Pointer>> lanes = new HashMap<>();
    private final Deque<Pointer> ready = new ArrayDeque<>();
    private int size;

    /**
     * Takes over a page of the pending set, lowest id first, none of it with a {@link #keys() key} in hand. A pointer is
     * left in the table when its lane is full or when an earlier version of its resource is to go first under another key
     * (it moved between patients); and after it those of its key and of its resource, so that nothing overtakes it.
     *
     * @return the keys of which something was left
     */
    Set<String> take(List<Pointer> page) {
        Map<String, String> keyOfResource = new HashMap<>();
        Set<String> leftKeys = new HashSet<>();
        Set<String> leftResources = new HashSet<>();
        for (Pointer pointer : page) {
            String key = keyOfResource.computeIfAbsent(pointer.resource(), r -> pointer.key());
            Deque<Pointer> lane = lanes.computeIfAbsent(pointer.key(), k -> new ArrayDeque<>());
            if (pointer.waits()
                    || !key.equals(pointer.key())
                    || lane.size() >= LONGEST
                    || leftKeys.contains(pointer.key())
                    || leftResources.contains(pointer.resource())) {
                leftKeys.add(pointer.key());
                leftResources.add(pointer.resource());
            } else {
                lane.add(pointer);
                size++;
                if (lane.size() == 1) {
                    ready.add(pointer);
                }
            }
        }
        lanes.values().removeIf(Deque::isEmpty);
        return leftKeys;
    }

    /** The next head to send, which is then on its way. */
    Optional<Pointer> next() {
        return Optional.ofNullable(ready.poll());
    }

    /** The head was not sent, or may be sent again: it is the next. */
    void again(Pointer head) {
        ready.addFirst(head);
    }

    /** The head is on the topic: the one behind it may go. */
    void published(Pointer head) {
        Deque<Pointer> lane = lanes.get(head.key());
        lane.remove();
        size--;
        if (lane.isEmpty()) {
            lanes.remove(head.key());
        } else {
            ready.add(lane.peek());
        }
    }

    /** The head cannot be published: what is behind it is left to the table. */
    void drop(Pointer head) {
        size -= lanes.remove(head.key()).size();
    }

    Collection<String> keys() {
        return lanes.keySet();
    }

    int size() {
        return size;
    }
}
