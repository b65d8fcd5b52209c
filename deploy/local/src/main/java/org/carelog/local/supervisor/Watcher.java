package org.carelog.local.supervisor;

import java.util.List;

/** Is told what happens, one thing after the other. */
@FunctionalInterface
public interface Watcher {

    /**
     * @param all as they are now
     * @param status the one that is new
     * @param news a sentence without the part's name; empty when there is nothing to tell a person
     */
    void changed(List<PartStatus> all, PartStatus status, String news);
}
