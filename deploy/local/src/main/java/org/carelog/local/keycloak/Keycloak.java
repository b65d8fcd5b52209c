package org.carelog.local.keycloak;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.carelog.local.file.Directories;
import org.carelog.local.file.Sha256;

/**
 * A Keycloak with Carelog's realm, ready to be started as a child process. Who starts the process watches and ends it;
 * SIGTERM ends it in order, and it survives SIGKILL. Thread-safe.
 */
public final class Keycloak {

    private static final String REALM_STAMP = "realm.sha256";

    private final KeycloakSettings settings;
    private final BuiltServer built;
    private final ClientSecrets secrets;

    private Keycloak(KeycloakSettings settings, BuiltServer built, ClientSecrets secrets) {
        this.settings = settings;
        this.built = built;
        this.secrets = secrets;
    }

    /**
     * Builds the server where that was not done yet, and makes the secrets where there are none. When the realm file
     * is not the one that the data was made from, the data is dropped: nothing in it is worth more than the file.
     * Not to be called while a Keycloak runs on the same data.
     *
     * @param progress told in a sentence when something takes long
     * @throws IOException when a directory cannot be written or the build fails; the message says which
     */
    public static Keycloak prepare(KeycloakSettings settings, Consumer<String> progress)
            throws IOException, InterruptedException {
        BuiltServer built = BuiltServer.in(settings.cache(), settings.distribution(), progress);
        Path stamp = settings.data().resolve(REALM_STAMP);
        String realm = sha256(settings.realm());
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(realm)) {
            Directories.delete(settings.data());
            Files.createDirectories(settings.data());
            Files.writeString(stamp, realm);
        }
        built.provide(settings.realm());
        return new Keycloak(settings, built, ClientSecrets.loadOrCreate(settings.data()));
    }

    /** The process to start: its arguments and environment; where its output goes is for the caller to say. */
    public ProcessBuilder server() throws IOException {
        ProcessBuilder server = new ProcessBuilder(built.java(
                "start",
                "--optimized",
                "--import-realm",
                "--cache=local",
                "--db-url=jdbc:h2:file:" + settings.data().resolve("keycloak")
                        + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + settings.port(),
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + settings.managementPort(),
                "--hostname=http://localhost:" + settings.port(),
                // Not ready yet is what the launcher asks for several times a second, and no news.
                "--log-level=INFO,io.smallrye.health:ERROR"));
        Map<String, String> environment = server.environment();
        environment.keySet().removeIf(name -> name.startsWith("KC_"));
        environment.putAll(secrets.environment());
        return server.redirectErrorStream(true);
    }

    /** Whether it answers and its realm is there. Blocks for two seconds at most. */
    public boolean ready() {
        return ready(settings.managementPort());
    }

    /** The same of a Keycloak that another process prepared. */
    public static boolean ready(int managementPort) {
        URI health = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(1_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The address of the realm, on a port of this machine; it is also the {@code iss} of its tokens. */
    public static URI issuer(int port) {
        return URI.create("http://localhost:" + port + "/realms/carelog");
    }

    /** Where that realm gives out tokens. */
    public static URI tokens(URI issuer) {
        return URI.create(issuer + "/protocol/openid-connect/token");
    }

    /** Where the keys are that its tokens are signed with. */
    public static URI keys(URI issuer) {
        return URI.create(issuer + "/protocol/openid-connect/certs");
    }

    private static String sha256(Path file) throws IOException {
        return HexFormat.of().formatHex(Sha256.digest().digest(Files.readAllBytes(file)));
    }
}
