package org.carelog.local.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Resources of one type, each once, that are sent together. For one thread. */
final class Chunk {
    private static final int MOST = 100;
    private static final int MOST_BYTES = 1 << 19;

    private final List<InputResource> resources = new ArrayList<>();
    private final Set<String> references = new HashSet<>();
    private int bytes;

    /** Whether there is room for it. */
    boolean takes(InputResource resource) {
        return resources.isEmpty()
                || resources.size() < MOST
                        && bytes + resource.json().length <= MOST_BYTES
                        && !references.contains(resource.reference());
    }

    void add(InputResource resource) {
        resources.add(resource);
        references.add(resource.reference());
        bytes += resource.json().length;
    }

    List<InputResource> resources() {
        return List.copyOf(resources);
    }
}
