package org.carelog.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the relay has in hand: a lane for each message key, whose pointers go to the broker one behind the other without
 * waiting for its answers. Keys take turns. Pure; for one thread.
 */
final class Lanes {
    /** Rows beyond this stay in the table, so that one busy patient does not fill the memory and the others wait. */
    static final int LONGEST = 512;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private int size;

    private static final class Lane {
        private final Deque<Pointer> waiting = new ArrayDeque<>();
        /** Sent, and not yet answered for. */
        private int onTheWay;
        /** What comes back is left to the table. */
        private boolean dropped;
    }

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
            Lane lane = lanes.computeIfAbsent(pointer.key(), k -> new Lane());
            if (pointer.waits()
                    || !key.equals(pointer.key())
                    || lane.waiting.size() >= LONGEST
                    || leftKeys.contains(pointer.key())
                    || leftResources.contains(pointer.resource())) {
                leftKeys.add(pointer.key());
                leftResources.add(pointer.resource());
            } else {
                lane.waiting.add(pointer);
                size++;
                if (lane.waiting.size() == 1) {
                    ready.add(lane);
                }
            }
        }
        lanes.values().removeIf(lane -> lane.waiting.isEmpty() && lane.onTheWay == 0);
        return leftKeys;
    }

    /** The next to send, which are then on their way, in this order. */
    List<Pointer> next(int atMost) {
        List<Pointer> next = new ArrayList<>();
        while (next.size() < atMost && !ready.isEmpty()) {
            Lane lane = ready.remove();
            next.add(lane.waiting.remove());
            lane.onTheWay++;
            if (!lane.waiting.isEmpty()) {
                ready.add(lane);
            }
        }
        return next;
    }

    /** These were not sent: they are the next again, in the order in which they were. */
    void again(List<Pointer> unsent) {
        for (Pointer pointer : unsent.reversed()) {
            Lane lane = lanes.get(pointer.key());
            if (lane.dropped) {
                done(pointer);
            } else {
                lane.onTheWay--;
                lane.waiting.addFirst(pointer);
                ready.remove(lane);
                ready.addFirst(lane);
            }
        }
    }

    /** It was not sent and will not be for now: it and what is behind it are left to the table. */
    void drop(Pointer unsent) {
        Lane lane = lanes.get(unsent.key());
        size -= lane.waiting.size();
        lane.waiting.clear();
        lane.dropped = true;
        ready.remove(lane);
        done(unsent);
    }

    /** It is on the topic, or left to the table. */
    void done(Pointer pointer) {
        Lane lane = lanes.get(pointer.key());
        lane.onTheWay--;
        size--;
        if (lane.onTheWay == 0 && lane.waiting.isEmpty()) {
            lanes.remove(pointer.key());
        }
    }

    Collection<String> keys() {
        return lanes.keySet();
    }

    int size() {
        return size;
    }
}
