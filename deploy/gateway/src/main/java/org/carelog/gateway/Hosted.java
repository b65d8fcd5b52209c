package org.carelog.gateway;

import java.util.Set;

/**
 * What a service says of its types.
 *
 * @param owned that clients find there; of a type that several services own, some of its resources
 * @param copied of which it keeps copies of what other services own
 */
record Hosted(Set<String> owned, Set<String> copied) {

    static final Hosted NOTHING = new Hosted(Set.of(), Set.of());

    Hosted {
        owned = Set.copyOf(owned);
        copied = Set.copyOf(copied);
    }
}
