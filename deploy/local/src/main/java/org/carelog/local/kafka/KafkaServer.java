package org.carelog.local.kafka;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.carelog.local.file.PrivateFile;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.ClassArchive;
import org.carelog.local.process.Command;
import org.carelog.local.process.Jdk;

/**
 * A broker of an Apache Kafka of this machine's: one process that is broker and controller, on the loopback interface alone.
 *
 * @param classPath the file with the broker's class path, {@code deploy/parts/kafka/target/class-path}
 * @param classArchive see {@link ClassArchive}; may be shared by several brokers, survives a reset
 * @param directory its data, its settings and its log
 * @param port of the clients' listener
 * @param controllerPort of the controller's listener
 * @param edge who is let in; without one everybody who reaches it
 * @param controllerPorts of all brokers of its cluster, in the order of their ids, which begin with 1
 */
public record KafkaServer(
        Path classPath,
        Path classArchive,
        Path directory,
        int port,
        int controllerPort,
        Optional<Edge> edge,
        List<Integer> controllerPorts) {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    public KafkaServer {
        if (port == controllerPort) {
            throw new IllegalArgumentException("port and controller's port are the same: " + port);
        }
        classPath = classPath.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
        controllerPorts = List.copyOf(controllerPorts);
        if (!controllerPorts.contains(controllerPort)) {
            throw new IllegalArgumentException("the cluster is without its broker at " + controllerPort);
        }
    }

    /** Of a clone of the repository; it is alone and lets everybody in. */
    public static KafkaServer of(Path root, Path directory, int port, int controllerPort) {
        return new KafkaServer(
                root.resolve("deploy/parts/kafka/target/class-path"),
                root.resolve(".carelog/cache/kafka-broker.jsa"),
                directory,
                port,
                controllerPort,
                Optional.empty(),
                List.of(controllerPort));
    }

    /** The same, for those alone whom the edge lets in. */
    public KafkaServer behind(Edge guard) {
        return new KafkaServer(
                classPath, classArchive, directory, port, controllerPort, Optional.of(guard), controllerPorts);
    }

    /** The same as one of several. */
    public KafkaServer amongst(List<Integer> controllers) {
        return new KafkaServer(classPath, classArchive, directory, port, controllerPort, edge, controllers);
    }

    /** Its number in the cluster; the first one is 1. */
    int id() {
        return controllerPorts.indexOf(controllerPort) + 1;
    }

    public Path log() {
        return directory.resolve("log");
    }

    /** What clients connect to first. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** What a client is told that may do everything. */
    public Map<String, Object> administrator() {
        return edge.map(Edge::administrator)
                .orElseGet(() -> Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Formats the storage of a broker that is alone, unless that was done. Whole or not at all. */
    public void initialize() throws IOException, InterruptedException {
        initialize(Uuid.randomUuid().toString());
    }

    /** @param clusterId the same one for all brokers of a cluster */
    void initialize(String clusterId) throws IOException, InterruptedException {
        if (Files.isDirectory(data())) {
            return;
        }
        Files.createDirectories(directory);
        Path unfinished = Files.createTempDirectory(directory, "unfinished-");
        Path settings = unfinished.resolve("server.properties");
        Path data = unfinished.resolve("data");
        PrivateFile.write(settings, BrokerSettings.text(this, data));
        Command format = java(
                List.of("-XX:TieredStopAtLevel=1"),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                clusterId,
                "--config",
                settings.toString());
        try {
            int exit = ChildProcess.start(format).exit().get(1, TimeUnit.MINUTES);
            if (exit != 0) {
                throw new IOException("Kafka's storage was not formatted, exit code " + exit + "; see " + log());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Kafka's storage tool did not end; see " + log(), e);
        }
        Files.move(data, data(), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(settings);
        Files.delete(unfinished);
    }

    /** Of the cluster that its storage belongs to; empty when it has none yet. */
    Optional<String> clusterId() throws IOException {
        Path written = data().resolve("meta.properties");
        if (Files.notExists(written)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(written)) {
            properties.load(reader);
        }
        return Optional.of(properties.getProperty("cluster.id"));
    }

    /**
     * The command that runs the broker in the foreground. SIGTERM ends it in order, and it survives SIGKILL.
     *
     * @param settings of Kafka, in the place of ours
     */
    public Command command(Map<String, String> settings) throws IOException {
        return command(ClassArchive.options(classArchive), settings);
    }

    /**
     * The same for a broker that lives for minutes: compiled by the first compiler alone, it is up sooner.
     *
     * @param settings of Kafka, in the place of ours
     */
    public Command shortLived(Map<String, String> settings) throws IOException {
        List<String> options = new ArrayList<>(ClassArchive.options(classArchive));
        options.add("-XX:TieredStopAtLevel=1");
        return command(options, settings);
    }

    private Command command(List<String> options, Map<String, String> settings) throws IOException {
        Path file = directory.resolve("server.properties");
        PrivateFile.write(file, BrokerSettings.text(this, data()));
        List<String> arguments = new ArrayList<>(List.of(file.toString()));
        settings.forEach((name, value) -> arguments.addAll(List.of("--override", name + "=" + value)));
        return java(options, "kafka.Kafka", arguments.toArray(String[]::new));
    }

    /** Whether it takes requests. */
    public boolean answers() {
        return listens() && hasBroker();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Math.toIntExact(PATIENCE.toMillis()));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean hasBroker() {
        Map<String, Object> settings = new HashMap<>(administrator());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Command java(List<String> options, String mainClass, String... arguments) throws IOException {
        if (Files.notExists(classPath)) {
            throw new IOException("there is no class path of Kafka in " + classPath);
        }
        List<String> line = new ArrayList<>(List.of(
                Jdk.program("java").toString(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        line.addAll(options);
        edge.map(Edge::option).ifPresent(line::add);
        line.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "-cp",
                Files.readString(classPath).strip(),
                mainClass));
        line.addAll(List.of(arguments));
        return new Command(line, Map.of(), log());
    }
}
