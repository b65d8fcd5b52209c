package org.carelog.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.carelog.bench.event.Copies;
import org.carelog.bench.limit.Tidying;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;

/**
 * When a system has done all that what was written gives it to do (events, copies, the ledger of accesses), and PostgreSQL
 * has tidied up after that: what is measured next has the machine to itself.
 */
record Rest(RunningSystem running) {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** @throws IOException when it does not come to rest */
    void await() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Copies copies = new Copies(running.kafkaAsAdministrator())) {
            for (Optional<String> busy = busy(copies); busy.isPresent(); busy = busy(copies)) {
                if (System.nanoTime() > end) {
                    throw new IOException("The system does not come to rest: " + busy.get());
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
        for (Service service : Service.values()) {
            Tidying.of(running.postgres(), service.database());
        }
    }

    /** What it still does, looked at in the order in which one thing leads to the next. */
    private Optional<String> busy(Copies copies) throws Exception {
        for (Service service : Service.values()) {
            if (number(service, "select count(*) from pending_publication") > 0) {
                return Optional.of(service.id() + " publishes events.");
            }
        }
        if (copies.behind() > 0) {
            return Optional.of("Copies of what others own are written.");
        }
        for (Service service : Service.values()) {
            if (number(service, "select count(*) from audit_unsealed") > 0 || behind(service) > 0) {
                return Optional.of("audit-service takes in what " + service.id() + " did.");
            }
        }
        return Optional.empty();
    }

    /** How many entries of the service audit-service has yet to take in. */
    long behind(Service service) throws IOException, SQLException {
        return sealed(service) - taken(service);
    }

    private long sealed(Service service) throws IOException, SQLException {
        return number(service, "select coalesce(max(first_seq + cardinality(entry_nos) - 1), 0) from audit_seal");
    }

    private long taken(Service source) throws IOException, SQLException {
        return number(Service.AUDIT, "select coalesce(max(seq), 0) from access_record where source = ?", source.id());
    }

    private long number(Service service, String query, String... values) throws IOException, SQLException {
        try (Connection database = running.read(service);
                PreparedStatement statement = database.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
