package org.carelog.events;

import java.util.List;

/** Where what is for tests and benchmarks has no place. */
public final class Production {
    /** In which a service runs that is told nothing else. */
    private static final String PROFILE = "prod";

    private Production() {}

    /**
     * Keeps a service from starting with a setting that is not for production.
     *
     * @param profiles of Quarkus, that the service runs in
     * @param setting which is set
     * @param purpose that it has
     * @throws IllegalStateException in production
     */
    public static void refuse(List<String> profiles, String setting, String purpose) {
        if (profiles.contains(PROFILE)) {
            throw new IllegalStateException(
                    "%s is set, and quarkus.profile is %s: %s".formatted(setting, PROFILE, purpose));
        }
    }
}
