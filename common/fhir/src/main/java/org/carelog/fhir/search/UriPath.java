package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;

/** The path of a URL, segment by segment. */
final class UriPath {
    /** More segments are not looked at: each costs an entry of the index. */
    static final int MOST = 30;

    private static final String AFTER_SCHEME = "://";
    private static final String BOUNDARIES = "/?#|";

    private UriPath() {}

    /**
     * What the URL begins with, from its host alone up to all but its last segment, without a slash at the end; of a host
     * alone, the host. No URL: none.
     */
    static List<String> parents(String uri) {
        List<String> parents = new ArrayList<>();
        int host = uri.indexOf(AFTER_SCHEME) + AFTER_SCHEME.length();
        if (host < AFTER_SCHEME.length() || host >= uri.length()) {
            return parents;
        }
        for (int i = host + 1; i < uri.length() && parents.size() <= MOST; i++) {
            if (BOUNDARIES.indexOf(uri.charAt(i)) >= 0 && BOUNDARIES.indexOf(uri.charAt(i - 1)) < 0) {
                parents.add(uri.substring(0, i));
            }
        }
        return parents.isEmpty() ? List.of(uri) : parents;
    }

    static String withoutSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
