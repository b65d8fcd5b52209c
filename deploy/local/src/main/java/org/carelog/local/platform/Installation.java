package org.carelog.local.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.carelog.local.file.Directories;
import org.carelog.local.port.Scale;

/**
 * Where everything is.
 *
 * @param root the checkout
 * @param data of this system: databases, logs, secrets, what runs. Systems with other data are other systems
 */
public record Installation(Path root, Path data) {

    /** The environment variable that chooses other data. */
    public static final String DATA = "CARELOG_DATA";

    /** @throws IllegalStateException when the environment does not say where the checkout is, as {@code ./carelog} does */
    public static Installation of(Map<String, String> environment) {
        String checkout = environment.get("CARELOG_ROOT");
        if (checkout == null) {
            throw new IllegalStateException("CARELOG_ROOT is not set; use ./carelog");
        }
        Path root = Path.of(checkout).toAbsolutePath().normalize();
        String data = environment.getOrDefault(DATA, "");
        return new Installation(
                root,
                data.isBlank()
                        ? root.resolve(".carelog/data")
                        : Path.of(data).toAbsolutePath().normalize());
    }

    /**
     * What a build put somewhere into the checkout.
     *
     * @throws NoSuchFileException when it is not there
     */
    Path built(String file) throws NoSuchFileException {
        Path built = root.resolve(file);
        if (Files.notExists(built)) {
            throw new NoSuchFileException(built.toString(), null, "it has not been built");
        }
        return built;
    }

    public Path state() {
        return data.resolve("state.json");
    }

    Path lock() {
        return data.resolve("lock");
    }

    public Path logs() {
        return data.resolve("logs");
    }

    /** The log of the process that starts and watches the others. */
    public Path launcherLog() {
        return logs().resolve("launcher.log");
    }

    Path secrets() {
        return data.resolve("secrets.properties");
    }

    Path postgres() {
        return data.resolve("postgres");
    }

    /** A broker's; the first one is 1. */
    Path kafka(int broker) {
        return data.resolve(Scale.name("kafka", broker));
    }

    /** How many brokers the data is of; 0 when there is none yet. */
    public int brokers() {
        int brokers = 0;
        while (Files.exists(kafka(brokers + 1))) {
            brokers++;
        }
        return brokers;
    }

    /** What the ledger has signed of itself, outside of its database. */
    public Path checkpoints() {
        return checkpoints(1);
    }

    /** The same of one of several audit-services: each has all from its first start on. */
    Path checkpoints(int replica) {
        return data.resolve(Scale.name("checkpoints", replica));
    }

    /** What each audit-service keeps there; of the first one also when it is not there, which it has to be. */
    public List<Path> checkpointFiles() {
        return IntStream.rangeClosed(1, Scale.MOST_REPLICAS)
                .filter(replica -> replica == 1 || Files.exists(checkpoints(replica)))
                .mapToObj(replica -> checkpoints(replica).resolve("checkpoints"))
                .toList();
    }

    /** What the witness remembers, and its public key. */
    public Path witness() {
        return data.resolve("witness");
    }

    public Path keycloak() {
        return data.resolve("keycloak");
    }

    /** What the services are run from: a build may replace the original at any time. */
    Path programs() {
        return data.resolve("programs");
    }

    /** PostgreSQL's programs; all systems of a checkout share them. */
    Path postgresPrograms() {
        return root.resolve(".carelog/programs");
    }

    /** Keycloak, built; all systems of a checkout share it. */
    Path keycloakBuilt() {
        return root.resolve(".carelog/cache/keycloak");
    }

    /** The classes of the gateway; all systems of a checkout share them. */
    Path gatewayClasses() {
        return root.resolve(".carelog/cache/gateway.jsa");
    }

    /** Made-up populations; all systems of a checkout share them. */
    public Path synthea() {
        return root.resolve(".carelog/synthea");
    }

    /** Makes the data directory where there is none: records are in it, so others of this machine do not look into it. */
    void createData() throws IOException {
        if (Files.notExists(data)) {
            Files.createDirectories(data.getParent());
            try {
                Files.createDirectory(
                        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException anotherWasFaster) {
                // it made it in the same way
            }
        }
    }

    /**
     * Deletes what this system made: databases, topics, secrets, logs. Nothing else, wherever the data was told to be.
     * Not while it runs.
     */
    public void deleteData() throws IOException {
        for (int broker = brokers(); broker > 0; broker--) {
            Directories.delete(kafka(broker));
        }
        for (int replica = 1; replica <= Scale.MOST_REPLICAS; replica++) {
            Directories.delete(checkpoints(replica));
        }
        for (Path made : List.of(postgres(), witness(), keycloak(), programs(), logs(), secrets(), state())) {
            Directories.delete(made);
        }
    }
}
