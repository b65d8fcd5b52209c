package org.carelog.audit.check;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service of its own, with a database of its own, that signs when it is told to. */
public final class LedgerAtRest implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("carelog.checkpoint.interval", "1h");
    }
}
