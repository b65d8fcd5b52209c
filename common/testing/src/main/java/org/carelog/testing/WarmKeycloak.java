package org.carelog.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.carelog.local.keycloak.ClientSecrets;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.keycloak.KeycloakSettings;
import org.carelog.local.process.Command;
import org.carelog.local.process.FreePort;

/** Keycloak for tests, with the realm of {@code deploy/keycloak}; of another state of that file, another Keycloak. */
final class WarmKeycloak implements WarmPart.Server {
    private static final System.Logger LOG = System.getLogger(WarmKeycloak.class.getName());

    // the first start on a machine builds the server and imports the realm
    private static final WarmPart PART = new WarmPart(name(), Duration.ofMinutes(10), new WarmKeycloak());

    static Realm running() {
        Properties facts = PART.running();
        try {
            return new Realm(Keycloak.issuer(number(facts, "port")), ClientSecrets.load(data(facts)));
        } catch (IOException e) {
            throw new IllegalStateException("the secrets of the test Keycloak cannot be read", e);
        }
    }

    @Override
    public Command prepare(Path directory, Properties facts) throws Exception {
        facts.setProperty("port", Integer.toString(FreePort.any()));
        facts.setProperty("managementPort", Integer.toString(FreePort.any()));
        facts.setProperty("data", directory.resolve("data").toString());
        KeycloakSettings settings = KeycloakSettings.of(
                Checkout.root(),
                Checkout.root().resolve(".carelog/cache/keycloak"),
                data(facts),
                number(facts, "port"),
                number(facts, "managementPort"));
        ProcessBuilder server = Keycloak.prepare(settings, progress -> LOG.log(System.Logger.Level.INFO, progress))
                .server();
        Map<String, String> added = new HashMap<>(server.environment());
        added.entrySet().removeAll(System.getenv().entrySet());
        return new Command(server.command(), added, directory.resolve("log"));
    }

    @Override
    public boolean answers(Properties facts) {
        return Keycloak.ready(number(facts, "managementPort"));
    }

    private static Path data(Properties facts) {
        return Path.of(facts.getProperty("data"));
    }

    private static int number(Properties facts, String name) {
        return Integer.parseInt(facts.getProperty(name));
    }

    private static String name() {
        try {
            byte[] realm = Files.readAllBytes(Checkout.root().resolve("deploy/keycloak/carelog-realm.json"));
            return "keycloak-" + UUID.nameUUIDFromBytes(realm).toString().substring(0, 8);
        } catch (IOException e) {
            throw new IllegalStateException("the realm file cannot be read", e);
        }
    }
}
