package org.carelog.events;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.events.CopyKeeper.Restored;
import org.carelog.sql.Sql;

/** The table of rebuilds. Thread-safe. */
@Singleton
public final class Rebuilds {
    private static final String SELECT =
            "select channel, begun_at, finished_at, total, done, written, renewed, different, failed from projection_rebuild";

    private final Sql sql;
    private final RebuildConfig config;

    Rebuilds(Sql sql, RebuildConfig config) {
        this.sql = sql;
        this.config = config;
    }

    /**
     * Lets a rebuild of the channel's copies begin, unless one goes on. It goes on by itself, whatever becomes of this process.
     *
     * @return the one that goes on; empty: there is no such channel
     */
    public Optional<Rebuild> begin(String channel) {
        if (!config.topic().containsKey(channel)) {
            return Optional.empty();
        }
        return OwnTransaction.call(() -> {
            sql.update("""
                    insert into projection_rebuild (channel, begun_at) values (?, now())
                    on conflict (channel) do update
                    set begun_at = now(), finished_at = null, next_offsets = null, end_offsets = null,
                        total = 0, done = 0, written = 0, renewed = 0, different = 0, failed = 0
                    where projection_rebuild.finished_at is not null
                    """, channel);
            return sql.first(SELECT + " where channel = ?", Rebuilds::rebuild, channel);
        });
    }

    /** Whether there is one to be done. Copies that begin do so with a rebuild: the topic of changes may have been trimmed. */
    boolean goesOn(String channel) {
        return OwnTransaction.call(() -> sql.first(
                        "select finished_at is null from projection_rebuild where channel = ?",
                        row -> row.getBoolean(1),
                        channel))
                .orElseGet(() -> begin(channel).isPresent());
    }

    /** Those whose copies can be rebuilt. */
    public Set<String> channels() {
        return new TreeSet<>(config.topic().keySet());
    }

    /** The last of each channel. */
    public List<Rebuild> list() {
        return OwnTransaction.call(() -> sql.list(SELECT + " order by channel", Rebuilds::rebuild));
    }

    private static Rebuild rebuild(ResultSet row) throws SQLException {
        return new Rebuild(
                row.getString(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject(3, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9));
    }

    /** @param next null: not begun */
    record Place(long[] next, long[] ends) {
        boolean isOver() {
            return recordsTo(ends) == 0;
        }

        /** How many records are between here and there; what is behind an end is none. */
        long recordsTo(long[] there) {
            return IntStream.range(0, next.length)
                    .mapToLong(i -> Math.max(0, Math.min(there[i], ends[i]) - next[i]))
                    .sum();
        }
    }

    /** Where the channel's rebuild is, kept from other instances for the transaction; empty: none goes on, or one of them is at it. */
    Optional<Place> lock(String channel) {
        return sql.first("""
                select next_offsets, end_offsets from projection_rebuild
                where channel = ? and finished_at is null
                for update skip locked
                """, row -> new Place(longs(row, 1), longs(row, 2)), channel);
    }

    void place(String channel, Place place) {
        sql.update(
                "update projection_rebuild set next_offsets = ?, end_offsets = ?, total = ? where channel = ?",
                place.next(),
                place.ends(),
                place.recordsTo(place.ends()),
                channel);
    }

    /** Moves on from a place. */
    void progress(String channel, Place from, long[] next, Restored restored, int failed) {
        sql.update(
                """
                update projection_rebuild
                set next_offsets = ?, done = done + ?, written = written + ?, renewed = renewed + ?, different = different + ?,
                    failed = failed + ?
                where channel = ?
                """,
                next,
                from.recordsTo(next),
                restored.written(),
                restored.renewed(),
                restored.different(),
                failed,
                channel);
    }

    void finish(String channel) {
        sql.update("update projection_rebuild set finished_at = now() where channel = ?", channel);
    }

    private static long[] longs(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        if (array == null) {
            return null;
        }
        return Stream.of((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
    }
}
