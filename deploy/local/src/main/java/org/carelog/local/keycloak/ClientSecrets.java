package org.carelog.local.keycloak;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.carelog.local.file.PrivateFile;

/**
 * The generated secrets of the confidential clients, in a file that only its owner reads. They are given to the realm
 * once, when it is imported, so they live and die with Keycloak's data. Immutable.
 */
public final class ClientSecrets {

    private static final List<String> CLIENTS =
            List.of("loader", "integration-engine", "patient-service", "encounter-service", "audit-service");
    private static final String ADMIN = "admin";
    private static final String FILE = "secrets.properties";

    private final Map<String, String> secrets;

    private ClientSecrets(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** Those in the data directory, made now where missing. */
    static ClientSecrets loadOrCreate(Path data) throws IOException {
        Map<String, String> secrets = new LinkedHashMap<>(read(data));
        if (secrets.isEmpty()) {
            SecureRandom random = new SecureRandom();
            CLIENTS.forEach(client -> secrets.put(client, generate(random)));
            secrets.put(ADMIN, generate(random));
            write(data, secrets);
        }
        return new ClientSecrets(secrets);
    }

    /**
     * Those of a Keycloak that another process prepared.
     *
     * @throws NoSuchFileException when it was never prepared
     */
    public static ClientSecrets load(Path data) throws IOException {
        Map<String, String> secrets = read(data);
        if (secrets.isEmpty()) {
            throw new NoSuchFileException(data.resolve(FILE).toString());
        }
        return new ClientSecrets(secrets);
    }

    /** The secret of a client; empty when there is no such confidential client. */
    public Optional<String> of(String client) {
        return CLIENTS.contains(client) ? Optional.ofNullable(secrets.get(client)) : Optional.empty();
    }

    /** What the realm file's placeholders and Keycloak's first administrator are filled with. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        CLIENTS.forEach(client -> environment.put(
                "CARELOG_SECRET_" + client.toUpperCase(Locale.ROOT).replace('-', '_'), secrets.get(client)));
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.get(ADMIN));
        return environment;
    }

    static List<String> clients() {
        return CLIENTS;
    }

    @Override
    public String toString() {
        return "secrets of " + CLIENTS;
    }

    private static String generate(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, String> read(Path data) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve(FILE))) {
            properties.load(reader);
        } catch (NoSuchFileException notYet) {
            return Map.of();
        }
        Map<String, String> secrets = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> secrets.put(name, properties.getProperty(name)));
        return secrets;
    }

    private static void write(Path data, Map<String, String> secrets) throws IOException {
        Properties properties = new Properties();
        properties.putAll(secrets);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        PrivateFile.write(data.resolve(FILE), text.toString());
    }
}
