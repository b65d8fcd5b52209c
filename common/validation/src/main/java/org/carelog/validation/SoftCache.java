package org.carelog.validation;

import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps what was made as long as there is memory: what nobody has asked for in a while goes first, all of it before the
 * heap is full. Thread-safe; two threads may make the same.
 */
final class SoftCache<K, V> {
    private final ConcurrentHashMap<K, SoftReference<V>> made = new ConcurrentHashMap<>();

    /** Null when there is none to be made. */
    V get(K key, Function<K, V> make) {
        SoftReference<V> kept = made.get(key);
        V value = kept == null ? null : kept.get();
        if (value == null) {
            value = make.apply(key);
            if (value != null) {
                made.put(key, new SoftReference<>(value));
            }
        }
        return value;
    }
}
