package org.carelog.records.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How searches are answered. */
@ConfigMapping(prefix = "carelog.search")
public interface SearchSettings {
    /**
     * The AES key, 32 bytes in base64, with which page tokens are encrypted. All instances of a service share it; after a
     * change, the links of pages given out before end in a 400.
     */
    String pageKey();

    /** How long the statements of one search may take together; one that takes longer is ended, and answers 422. */
    @WithDefault("10s")
    Duration timeBudget();

    /** How many matches are counted, at most; beyond, a total is an estimate, or 422. */
    @WithDefault("300000")
    long mostCounted();

    /**
     * How many resources a second each instance indexes anew, at most, when a search parameter is new or changed: the rest of
     * the machine is for whoever waits for an answer.
     */
    @WithDefault("500")
    int reindexRate();
}
