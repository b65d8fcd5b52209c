package org.carelog.local.keycloak;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A Keycloak of the test's own, on free ports; its build and data are kept under target for the next run. */
final class RunningKeycloak implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Keycloak keycloak;
    private final Process process;

    private RunningKeycloak(Keycloak keycloak, Process process) {
        this.keycloak = keycloak;
        this.process = process;
    }

    static RunningKeycloak start() throws Exception {
        Path root = Path.of(System.getProperty("carelog.root"));
        Path files = root.resolve(".carelog/test/keycloak-test");
        KeycloakSettings settings = KeycloakSettings.of(
                root, root.resolve(".carelog/cache/keycloak"), files.resolve("data"), freePort(), freePort());
        Keycloak keycloak = Keycloak.prepare(settings, System.out::println);
        Path log = files.resolve("log");
        Process process = keycloak.server().redirectOutput(log.toFile()).start();
        RunningKeycloak running = new RunningKeycloak(keycloak, process);
        try {
            running.await(log);
            return running;
        } catch (Throwable notStarted) {
            running.close();
            throw notStarted;
        }
    }

    Keycloak keycloak() {
        return keycloak;
    }

    private void await(Path log) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!keycloak.ready()) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                throw new IllegalStateException("Keycloak did not start:\n" + Files.readString(log));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
