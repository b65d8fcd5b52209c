package org.carelog.local.service;

import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.local.file.Directories;
import org.carelog.local.kafka.TokenLogin;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.postgres.ServiceDatabase;
import org.carelog.local.process.Command;
import org.carelog.local.process.Jdk;
import org.carelog.local.process.StartCache;

/** A service that can be run: its program, its database and where the others are. */
public final class ServiceProgram {

    /** What the JVM is told, so that the whole process stays below 350 MB under load; a container tells its own the same. */
    public static final List<String> JVM = List.of(
            "-Xms64m",
            "-Xmx128m",
            // Of the young it touches all that it may have: see docs/adr/0020.
            "-Xmn32m",
            "-XX:+UseSerialGC",
            // A tenth to a fifth less of the heap for the same.
            "-XX:+UseCompactObjectHeaders",
            // See docs/adr/0021.
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxDirectMemorySize=64m",
            // What was given back to malloc goes back to the machine.
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** The environment variable that adds to these, for all services. */
    public static final String OPTIONS = "CARELOG_SERVICE_OPTIONS";

    private final Service service;
    private final PackagedService packaged;
    private final ServiceDatabase database;
    private final Ports ports;
    private final String options;
    private final StartCache startCache;

    private ServiceProgram(
            Service service,
            PackagedService packaged,
            ServiceDatabase database,
            Ports ports,
            String options,
            StartCache startCache) {
        this.service = service;
        this.packaged = packaged;
        this.database = database;
        this.ports = ports;
        this.options = options;
        this.startCache = startCache;
    }

    /**
     * Takes the service from where the build put it to where it is run: a build may replace it at any time.
     *
     * @param root the checkout
     * @param programs where the copy goes; one that is there is replaced
     * @param database of the service
     * @param options more for the JVM, with blanks between; the last one wins
     * @throws IOException when it was not built
     */
    public static ServiceProgram install(
            Service service, Path root, Path programs, ServiceDatabase database, Ports ports, String options)
            throws IOException {
        Path built = root.resolve(service.id()).resolve("target/quarkus-app");
        Path copy = programs.resolve(service.id());
        Directories.delete(copy);
        if (Files.isDirectory(built)) {
            Directories.link(built, copy);
        }
        return new ServiceProgram(
                service,
                PackagedService.in(copy),
                database,
                ports,
                options,
                new StartCache(built.resolve("start.aot")));
    }

    public Service service() {
        return service;
    }

    /** Of all systems of the checkout, until the service is built anew. */
    public StartCache startCache() {
        return startCache;
    }

    /** Makes the database where it is not there, and brings its tables up to date. */
    public void createDatabase(PostgresServer server) throws SQLException, IOException {
        database.create(server);
        try (URLClassLoader classes = packaged.classes()) {
            database.migrate(server, classes, packaged.migrations());
        }
    }

    /**
     * The command that runs the service in the foreground.
     *
     * @param replica which one of the service's; the first one is 1
     * @param jdbcUrl of its database
     * @param issuer whose tokens it takes
     * @param clientSecret by which it gets tokens of its own
     * @param own what else its environment has, its keys
     */
    public Command command(
            int replica, String jdbcUrl, URI issuer, String clientSecret, Map<String, String> own, Path log) {
        List<String> line = new ArrayList<>();
        line.add(Jdk.program("java").toString());
        line.addAll(JVM);
        line.addAll(Stream.of(options.split(" "))
                .filter(option -> !option.isBlank())
                .toList());
        line.add("-D" + TokenLogin.ALLOWED_URLS + "=" + Keycloak.tokens(issuer));
        settings(replica, jdbcUrl, issuer).forEach((key, value) -> line.add("-D" + key + "=" + value));
        line.add("-jar");
        line.add(packaged.jar().toAbsolutePath().toString());
        // Secrets are no arguments: every user of the machine reads those.
        Map<String, String> environment = new HashMap<>(own);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.runtime().password());
        environment.put("QUARKUS_OIDC_CLIENT_CREDENTIALS_SECRET", clientSecret);
        // Each thread's own arena of malloc's would be tens of megabytes.
        environment.put("MALLOC_ARENA_MAX", "2");
        return new Command(line, environment, log);
    }

    private Map<String, String> settings(int replica, String jdbcUrl, URI issuer) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "quarkus.http.port", Integer.toString(ports.number(service.port(), replica)),
                "quarkus.management.port", Integer.toString(ports.number(service.managementPort(), replica)),
                "quarkus.datasource.jdbc.url", jdbcUrl,
                "quarkus.datasource.username", database.runtime().user(),
                "quarkus.oidc.auth-server-url", issuer.toString(),
                "kafka.bootstrap.servers", ports.bootstrapServersReached(),
                "carelog.fhir.base-url", "http://localhost:" + number(Port.GATEWAY) + "/fhir"));
        settings.put("kafka.security.protocol", "SASL_PLAINTEXT");
        packaged.owners().forEach((key, url) -> settings.put(key, moved(url)));
        return settings;
    }

    /** The address of another service with the ports that its replicas have here. */
    private String moved(String url) {
        for (Service other : Service.values()) {
            String usual = "localhost:" + other.port().usual() + "/";
            if (url.contains(usual)) {
                return ports.all(other.port()).stream()
                        .map(port -> url.replace(usual, "localhost:" + port + "/"))
                        .collect(Collectors.joining(","));
            }
        }
        return url;
    }

    private String number(Port port) {
        return Integer.toString(ports.number(port));
    }
}
