package org.carelog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;

/** By which a service of a running system stops recording, and goes on: docs/adr/0037. Not recording ends with this program at the latest. */
final class RecordingSwitch implements AutoCloseable {

    /** It looks four times a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final RunningSystem running;
    private final Service service;
    private final Path directory;
    private final Path file;

    /** @param directory in which the service looks */
    RecordingSwitch(RunningSystem running, Service service, Path directory) {
        this.running = running;
        this.service = service;
        this.directory = directory;
        this.file = directory.resolve(service.id() + ".unrecorded");
        file.toFile().deleteOnExit();
    }

    /**
     * Returns when it is so, and has been written down by the service.
     *
     * @throws IOException when the service does not look there
     */
    void turn(boolean recorded) throws IOException, SQLException, InterruptedException {
        if (recorded != Files.exists(file)) {
            return;
        }
        try (Connection journal = running.read(service)) {
            long last = last(journal);
            if (recorded) {
                Files.delete(file);
            } else {
                Files.createDirectories(directory);
                Files.createFile(file);
            }
            await(journal, last, recorded ? "recording-resumed" : "recording-stopped");
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /** How many entries it has ever written. */
    long entries() throws IOException, SQLException {
        try (Connection journal = running.read(service);
                PreparedStatement statement = journal.prepareStatement("""
                        select coalesce(max(first_seq + cardinality(entry_nos) - 1), 0)
                            + (select count(*) from audit_unsealed)
                        from audit_seal
                        """)) {
            return number(statement);
        }
    }

    private void await(Connection journal, long last, String operation)
            throws SQLException, IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (PreparedStatement statement = journal.prepareStatement("""
                select count(*) from audit_entry
                where entry_no > ? and position(convert_to(?, 'UTF8') in entry) > 0
                """)) {
            statement.setLong(1, last);
            statement.setString(2, "\"operation\":\"%s\"".formatted(operation));
            while (number(statement) == 0) {
                if (System.nanoTime() > end) {
                    throw new IOException("%s does not look into %s. Start a system that does: %s ./carelog up"
                            .formatted(service.id(), directory, settings(directory)));
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private static String settings(Path directory) {
        return "CARELOG_SERVICE_OPTIONS='-Dquarkus.profile=bench -Dcarelog.chaos.unrecorded=%s'"
                .formatted(directory.toAbsolutePath());
    }

    private static long last(Connection journal) throws SQLException {
        try (PreparedStatement statement =
                journal.prepareStatement("select coalesce(max(entry_no), 0) from audit_entry")) {
            return number(statement);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
