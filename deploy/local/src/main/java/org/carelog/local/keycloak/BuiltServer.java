package org.carelog.local.keycloak;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.carelog.local.file.Directories;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.ClassArchive;
import org.carelog.local.process.Command;
import org.carelog.local.process.Jdk;

/**
 * A copy of the distribution with Keycloak's build step done, so that a start needs none of it. Made once for each
 * version, set of options and Java; several processes may ask for it at once.
 */
final class BuiltServer {

    /**
     * Keycloak keeps its data in its own file store: the real persistence layer on an embedded database, which lets it
     * start beside Postgres and not after it, and needs nothing but a directory in a test. The database is fixed at
     * build time; one choice for both uses means one build. A deployment has {@code KC_DB=postgres}, see
     * deploy/compose.
     */
    private static final List<String> OPTIONS = List.of("--db=dev-file", "--health-enabled=true");

    private static final String BUILT = ".built";

    private final Path home;

    private BuiltServer(Path home) {
        this.home = home;
    }

    static BuiltServer in(Path cache, Path distribution, Consumer<String> progress)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(distribution.resolve("lib/quarkus-run.jar"))) {
            throw new IOException("there is no Keycloak distribution in " + distribution);
        }
        String version = distribution.getFileName().toString();
        int stamp = (OPTIONS + Runtime.version().toString()).hashCode();
        Path home = cache.resolve(version + "-" + HexFormat.of().toHexDigits(stamp));
        Files.createDirectories(cache);
        try (FileChannel channel =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock one = channel.lock()) {
            if (one.isValid() && !Files.exists(home.resolve(BUILT))) {
                progress.accept("building Keycloak, once: about 20 seconds");
                Directories.delete(home);
                copy(distribution, home);
                build(home);
                Files.createFile(home.resolve(BUILT));
            }
        }
        return new BuiltServer(home);
    }

    /** Where a start looks for realms to import; the same file for every Keycloak that shares this server. */
    void provide(Path realm) throws IOException {
        Path imports = home.resolve("data/import");
        Files.createDirectories(imports);
        Path there = imports.resolve("carelog-realm.json");
        if (!Files.exists(there) || Files.mismatch(realm, there) != -1) {
            Path copy = Files.createTempFile(imports, "realm", ".new");
            Files.copy(realm, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, there, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** What {@code kc.sh} would run; without the script between, the process started is Keycloak itself. */
    List<String> java(String... arguments) throws IOException {
        return java(home, List.of(arguments));
    }

    private static List<String> java(Path home, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Jdk.program("java").toString(),
                "-Xms64m",
                "-Xmx384m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                // It starts, then issues a token now and then: the second compiler doubles the start's CPU time.
                "-XX:TieredStopAtLevel=1"));
        command.addAll(ClassArchive.options(home.resolve("keycloak.jsa")));
        command.addAll(List.of(
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        command.addAll(arguments);
        return command;
    }

    private static void build(Path home) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("build"));
        arguments.addAll(OPTIONS);
        Path log = home.resolve("build.log");
        ChildProcess build = ChildProcess.start(new Command(java(home, arguments), Map.of(), log));
        try {
            if (build.exit().get() != 0) {
                throw new IOException("Keycloak could not be built, see " + log);
            }
        } catch (ExecutionException e) {
            throw new IOException("Keycloak could not be built, see " + log, e);
        } finally {
            build.kill();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
