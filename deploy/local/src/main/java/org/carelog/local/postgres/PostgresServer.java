package org.carelog.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.Command;

/**
 * A PostgreSQL server of this machine's: its programs, data and port.
 *
 * @param programs where unpacked programs are kept, shared by all servers
 * @param directory its data and its log
 * @param port on the loopback interface
 * @param superuser {@value #SUPERUSER} and the password of that user
 */
public record PostgresServer(Path programs, Path directory, int port, Login superuser) {

    /** The name of the superuser. */
    public static final String SUPERUSER = "carelog";

    /** @param password of the superuser; a server that has its data already must be given the one it began with */
    public PostgresServer(Path programs, Path directory, int port, String password) {
        this(programs, directory, port, new Login(SUPERUSER, password));
    }

    public Path log() {
        return directory.resolve("log");
    }

    /** Makes the data directory unless it is there. Whole or not at all. */
    public void initialize() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        if (Files.isDirectory(data)) {
            return;
        }
        Path bin = PostgresPrograms.unpacked(programs).resolve("bin");
        Files.createDirectories(directory);
        Path unfinished = Files.createTempDirectory(directory, "unfinished-");
        Path password = Files.createTempFile(
                directory,
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, superuser.password());
            // The order of text is that of the code points: the same on every machine and for every release of it.
            Command initdb = new Command(
                    List.of(
                            bin.resolve("initdb").toString(),
                            "--pgdata=" + unfinished.toAbsolutePath(),
                            "--username=" + superuser.user(),
                            "--pwfile=" + password.toAbsolutePath(),
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C",
                            "--no-instructions"),
                    Map.of(),
                    log(),
                    "TERM",
                    true);
            int exit = ChildProcess.start(initdb).exit().get(2, TimeUnit.MINUTES);
            if (exit != 0) {
                throw new IOException("initdb ended with exit code " + exit + "; see " + log());
            }
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("initdb did not end; see " + log(), e);
        } finally {
            Files.delete(password);
        }
    }

    /**
     * The command that runs the server in the foreground.
     *
     * @param settings of PostgreSQL, such as {@code fsync} to {@code off}
     */
    public Command command(Map<String, String> settings) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                PostgresPrograms.unpacked(programs).resolve("bin/postgres").toString(),
                "-D",
                directory.resolve("data").toAbsolutePath().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        settings.forEach((name, value) -> {
            line.add("-c");
            line.add(name + "=" + value);
        });
        // SIGINT is PostgreSQL's "fast" shutdown: SIGTERM would wait for every client to leave.
        return new Command(line, Map.of(), log(), "INT", true);
    }

    /** Whether it takes connections. */
    public boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid((int) Duration.ofSeconds(2).toSeconds());
        } catch (SQLException notYet) {
            return false;
        }
    }

    public String jdbcUrl(String database) {
        return jdbcUrl(database, port);
    }

    /** @param reached the port by which the server is reached */
    public String jdbcUrl(String database, int reached) {
        return "jdbc:postgresql://127.0.0.1:" + reached + "/" + database;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), superuser.user(), superuser.password());
    }
}
