package org.carelog.records.index;

import io.smallrye.config.ConfigMapping;

/** How searches are answered. */
@ConfigMapping(prefix = "carelog.search")
public interface SearchSettings {
    /**
     * The AES key, 32 bytes in base64, with which page tokens are encrypted. All instances of a service share it; after a
     * change, the links of pages given out before end in a 400.
     */
    String pageKey();
}
