package org.carelog.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long a test waits for what must come: so long that only what never comes is given up, on a busy machine too. For
 * all tests of the modules that have this one on their class path; Quarkus loads its tests, and Awaitility, once more.
 */
public final class Patience implements LauncherSessionListener, QuarkusTestBeforeClassCallback {
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(ENOUGH);
    }

    @Override
    public void beforeClass(Class<?> test) {
        Awaitility.setDefaultTimeout(ENOUGH);
    }
}
