package org.carelog.bench.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Notes when patients are first there in a service's database, for every transaction that begins then: one query each
 * {@value #LOOK_EVERY_MILLIS} ms for all that are waited for, which is no load. For any number of threads.
 */
final class CopiedPatients implements AutoCloseable {

    private static final int LOOK_EVERY_MILLIS = 5;

    private final Connection database;
    private final ConcurrentMap<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();
    private final Thread thread;

    /** @param database is closed with this */
    CopiedPatients(Connection database) {
        this.database = database;
        this.thread = Thread.ofPlatform().daemon().name("watch copies").start(this::watch);
    }

    /** Completes with the {@link System#nanoTime()} at which the patient was seen. */
    CompletableFuture<Long> copied(String id) {
        return awaited.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    private void watch() {
        try (PreparedStatement present = database.prepareStatement("""
                select resource_id from resource where resource_type = 'Patient' and resource_id = any (?)
                """)) {
            while (true) {
                Thread.sleep(Duration.ofMillis(LOOK_EVERY_MILLIS));
                if (!awaited.isEmpty()) {
                    look(present);
                }
            }
        } catch (InterruptedException closing) {
            // close() asked for it
        } catch (SQLException e) {
            awaited.values().forEach(patient -> patient.completeExceptionally(e));
        }
    }

    private void look(PreparedStatement present) throws SQLException {
        Array ids = database.createArrayOf("text", awaited.keySet().toArray());
        present.setArray(1, ids);
        try (ResultSet rows = present.executeQuery()) {
            long now = System.nanoTime();
            while (rows.next()) {
                awaited.remove(rows.getString("resource_id")).complete(now);
            }
        }
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(5));
        database.close();
    }
}
