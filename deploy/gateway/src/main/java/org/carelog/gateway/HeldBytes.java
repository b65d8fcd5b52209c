package org.carelog.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of bodies that are in memory at a time, over all connections. Thread-safe. */
final class HeldBytes {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    HeldBytes(long most) {
        this.most = most;
    }

    /** What one request holds. For one event loop. */
    final class Share {
        private long taken;

        /** False, and nothing is taken, when it would be too much. */
        boolean take(int bytes) {
            if (held.addAndGet(bytes) > most) {
                held.addAndGet(-bytes);
                return false;
            }
            taken += bytes;
            return true;
        }

        /** Gives all of it back; a second call gives nothing. */
        void giveBack() {
            held.addAndGet(-taken);
            taken = 0;
        }
    }

    Share share() {
        return new Share();
    }
}
