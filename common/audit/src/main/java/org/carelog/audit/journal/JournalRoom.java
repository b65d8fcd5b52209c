package org.carelog.audit.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * How much more may be recorded. What waits to be sent grows while Kafka is away, and the database always: before the disk that
 * records and journal share is full, nothing is recorded any more, and so nothing answered. Measured by the journal's thread;
 * thread-safe otherwise.
 */
@Singleton
final class JournalRoom {
    private static final Logger LOG = Logger.getLogger(JournalRoom.class);
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final long unshippedLimit;
    private final long databaseLimit;
    private long lastLook = System.nanoTime() - BETWEEN_LOOKS;
    private volatile Used used = new Used(0, 0);

    JournalRoom(JournalConfig config, MeterRegistry registry) {
        this.unshippedLimit = config.unshippedLimit().asLongValue();
        this.databaseLimit = config.databaseLimit().map(MemorySize::asLongValue).orElse(Long.MAX_VALUE);
        Gauge.builder("carelog.audit.unshipped.bytes", this, room -> room.used.unshipped())
                .description("Bytes of sealed entries that are not known to be on the topic")
                .register(registry);
        Gauge.builder("carelog.audit.room", this, room -> 1 - Math.max(room.shareOfUnshipped(), room.shareOfDatabase()))
                .description("How much of what may be used is not, from 1 to 0, where nothing is answered any more")
                .register(registry);
    }

    /** In bytes. */
    private record Used(long unshipped, long database) {}

    private enum Level {
        ROOM,
        ALARM,
        FULL
    }

    private double shareOfUnshipped() {
        return (double) used.unshipped() / unshippedLimit;
    }

    private double shareOfDatabase() {
        return (double) used.database() / databaseLimit;
    }

    private Level level() {
        if (shareOfUnshipped() >= 1 || shareOfDatabase() >= 1) {
            return Level.FULL;
        }
        return shareOfUnshipped() >= 0.5 || shareOfDatabase() >= 0.9 ? Level.ALARM : Level.ROOM;
    }

    boolean isFull() {
        return level() == Level.FULL;
    }

    /** Whether somebody should see to it that there is more. */
    boolean isAlarming() {
        return level() != Level.ROOM;
    }

    long unshipped() {
        return used.unshipped();
    }

    long database() {
        return used.database();
    }

    /** Measures, if it is time to. */
    void look(Connection connection) throws SQLException {
        long now = System.nanoTime();
        if (now - lastLook < BETWEEN_LOOKS) {
            return;
        }
        lastLook = now;
        Level before = level();
        used = measure(connection);
        Level after = level();
        if (before != after) {
            tell(after);
        }
    }

    private Used measure(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select coalesce((select total_bytes from audit_seal order by first_seq desc limit 1), 0)
                    - coalesce((
                        select total_bytes from audit_seal
                        where first_seq < (select next_seq from audit_shipped)
                        order by first_seq desc limit 1), 0),
                    case when ? then pg_database_size(current_database()) else 0 end
                """)) {
            statement.setBoolean(1, databaseLimit < Long.MAX_VALUE);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Used(row.getLong(1), row.getLong(2));
            }
        }
    }

    private void tell(Level level) {
        switch (level) {
            case ROOM -> LOG.infof("audit journal has room again %s", used);
            case ALARM -> LOG.warnf("audit journal has little room left %s", used);
            case FULL -> LOG.errorf("audit journal is full: nothing is answered until it has room %s", used);
        }
    }
}
