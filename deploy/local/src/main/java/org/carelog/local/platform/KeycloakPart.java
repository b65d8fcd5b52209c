package org.carelog.local.platform;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.keycloak.KeycloakSettings;
import org.carelog.local.process.Command;
import org.carelog.local.supervisor.Part;

/** Keycloak with the realm of the deployment. */
final class KeycloakPart implements Part {

    static final String NAME = "keycloak";

    private final KeycloakSettings settings;
    private final Path log;
    private final Consumer<String> progress;
    private volatile Keycloak keycloak;

    /** @param progress told in a sentence when something takes long */
    KeycloakPart(KeycloakSettings settings, Path log, Consumer<String> progress) {
        this.settings = settings;
        this.log = log;
        this.progress = progress;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return settings.port();
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public Command prepare() throws Exception {
        keycloak = Keycloak.prepare(settings, progress);
        ProcessBuilder server = keycloak.server();
        Map<String, String> added = new HashMap<>(server.environment());
        added.entrySet().removeIf(variable -> variable.getValue().equals(System.getenv(variable.getKey())));
        return new Command(server.command(), added, log);
    }

    @Override
    public boolean answers() {
        return keycloak.ready();
    }
}
