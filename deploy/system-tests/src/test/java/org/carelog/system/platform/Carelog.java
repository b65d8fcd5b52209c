package org.carelog.system.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One system: a checkout with data and ports of its own. Thread-safe. */
public final class Carelog {
    // a first start on a busy machine has taken two and a half minutes
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(30);
    private static final int BETWEEN_COPIES = 100;

    private final Path root;
    private final Path data;
    private final int offset;
    private final Size size;
    private final Shell shell;

    /** @param offset of every port to the usual one */
    public Carelog(Path root, Path data, int offset) {
        this(root, data, offset, Size.SINGLE, Map.of());
    }

    private Carelog(Path root, Path data, int offset, Size size, Map<String, String> more) {
        this.root = root;
        this.data = data;
        this.offset = offset;
        this.size = size;
        Map<String, String> environment = new java.util.HashMap<>(Map.of(
                "CARELOG_DATA", data.toString(),
                "CARELOG_PORT_OFFSET", Integer.toString(offset),
                // the build that these tests are part of has just made everything
                "CARELOG_BUILD", "no"));
        environment.putAll(more);
        this.shell = new Shell(root, Map.copyOf(environment));
    }

    /** The same data, with more said by the environment. */
    public Carelog with(String variable, String value) {
        return with(Map.of(variable, value));
    }

    public Carelog with(Map<String, String> variables) {
        return new Carelog(root, data, offset, size, variables);
    }

    /** The same data with several of each, before anything else is said of it. */
    public Carelog with(Size several) {
        return new Carelog(root, data, offset, several, Map.of());
    }

    public Path root() {
        return root;
    }

    public Path data() {
        return data;
    }

    public Size size() {
        return size;
    }

    /** {@code ./carelog arguments…}, to its end. */
    public Result run(String... arguments) {
        return shell.run(arguments[0].equals("load") ? LONG_PATIENCE : PATIENCE, line(arguments));
    }

    /** The same without waiting for the end, its output in a file. */
    public Process start(Path output, String... arguments) throws IOException {
        return shell.start(line(arguments), output, output);
    }

    /** Any script, run in the checkout. */
    public Result bash(String script) {
        return shell.run(PATIENCE, List.of("bash", "-euo", "pipefail", "-c", script));
    }

    private static List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(List.of("./carelog"));
        line.addAll(List.of(arguments));
        return line;
    }

    /** @throws IllegalStateException with what was said when the exit code is not 0 */
    public String done(String... arguments) {
        Result result = run(arguments);
        if (result.exitCode() != 0) {
            throw new IllegalStateException("carelog " + String.join(" ", arguments) + ": " + result);
        }
        return result.out();
    }

    /** Returns when everything works; {@code down} stops it. */
    public String up() {
        return done("up", "--detach", "--replicas=" + size.replicas(), "--brokers=" + size.brokers());
    }

    public Status status() {
        return Status.of(run("status", "--json").out());
    }

    /**
     * A part as the launcher has written it down for {@code ./carelog status}, which says the same: without a program that
     * is started for each look, and takes seconds of a busy machine.
     */
    public PartStatus part(String name) {
        return written().part(name);
    }

    /** The same of all parts. */
    public List<PartStatus> parts() {
        return written().parts();
    }

    private Status written() {
        try {
            return Status.of(Files.readString(data.resolve("state.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port(int usual) {
        return usual + offset;
    }

    /** The FHIR base that clients have. */
    public URI fhir() {
        return URI.create("http://127.0.0.1:" + port(8080) + "/fhir");
    }

    /** The FHIR base of one service, its first replica's. */
    public URI fhir(String service) {
        return fhir(service, 1);
    }

    /** @param replica the first one is 1 */
    public URI fhir(String service, int replica) {
        int usual = switch (service) {
            case "patient-service" -> 8081;
            case "encounter-service" -> 8082;
            case "audit-service" -> 8083;
            default -> throw new IllegalArgumentException(service);
        };
        return URI.create("http://127.0.0.1:" + copy(usual, replica) + "/fhir");
    }

    private int copy(int usual, int number) {
        return port(usual) + BETWEEN_COPIES * (number - 1);
    }

    public String bootstrapServers() {
        return brokers(9092);
    }

    /** The addresses of all brokers, with commas between. */
    String brokers(int usual) {
        return IntStream.rangeClosed(1, size.brokers())
                .mapToObj(broker -> "127.0.0.1:" + copy(usual, broker))
                .collect(Collectors.joining(","));
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(5433), database);
    }

    /** Of PostgreSQL's superuser {@code carelog}. */
    public String databasePassword() {
        return secret("postgres.superuser");
    }

    /** One of the generated passwords. */
    public String secret(String name) {
        return property(data.resolve("secrets.properties"), name);
    }

    /** Of a client of the realm, or of Keycloak's {@code admin}. */
    public String clientSecret(String client) {
        return property(data.resolve("keycloak/secrets.properties"), client);
    }

    private static String property(Path file, String name) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(name);
    }

    /** Processes of this system that still run, whoever their parent is: its data is in their command line. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> commandLine(process).contains(data.toString()))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException gone) {
            return process.info().commandLine().orElse("");
        }
    }
}
