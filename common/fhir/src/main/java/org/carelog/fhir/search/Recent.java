package org.carelog.fhir.search;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was used last, by its name; what was not used for the longest time makes room. For one thread at a time. */
final class Recent<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    Recent(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
    }
}
