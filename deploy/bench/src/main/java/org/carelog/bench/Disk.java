package org.carelog.bench;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.carelog.bench.report.StoredBytes;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;

/** What the tables of the services took on disk at a moment, with their indexes and what is stored out of line. */
final class Disk {

    /** Tables of the store and of what is searched; their rows are of one resource each, which has a key. */
    private static final String OF_RESOURCES = "resource";

    /** @param lastKey of the resources that are there */
    private record Used(Map<String, Long> bytes, long lastKey) {}

    private final RunningSystem running;
    private final Map<String, Service> owners;
    private final Map<Service, Used> before = new EnumMap<>(Service.class);

    private Disk(RunningSystem running) throws Exception {
        this.running = running;
        this.owners = Owners.ask(running);
        for (Service service : Service.values()) {
            try (Connection database = running.read(service)) {
                before.put(service, used(database));
            }
        }
    }

    static Disk now(RunningSystem running) throws Exception {
        return new Disk(running);
    }

    /** How much it is more now, per resource that was written since. */
    StoredBytes growth(long resources) throws IOException, SQLException {
        Map<String, Double> growth = new TreeMap<>();
        for (Service service : Service.values()) {
            try (Connection database = running.read(service)) {
                for (Map.Entry<String, Long> table : used(database).bytes().entrySet()) {
                    String name = service.database() + "." + table.getKey();
                    double grown =
                            table.getValue() - before.get(service).bytes().getOrDefault(table.getKey(), 0L);
                    double copied = grown * shareOfCopies(database, service, table.getKey());
                    growth.put(name, (grown - copied) / Math.max(1, resources));
                    growth.put(StoredBytes.ofCopies(name), copied / Math.max(1, resources));
                }
            }
        }
        growth.values().removeIf(bytes -> bytes < 0.5);
        return new StoredBytes(growth);
    }

    private static Used used(Connection database) throws SQLException {
        Map<String, Long> bytes = new TreeMap<>();
        try (PreparedStatement sizes = database.prepareStatement("""
                        select coalesce(whole.relname, part.relname), sum(pg_total_relation_size(part.oid))
                        from pg_class part
                        left join pg_inherits on inhrelid = part.oid
                        left join pg_class whole on whole.oid = inhparent
                        where part.relnamespace = 'public'::regnamespace and part.relkind = 'r'
                        group by 1
                        """);
                ResultSet rows = sizes.executeQuery()) {
            while (rows.next()) {
                bytes.put(rows.getString(1), rows.getLong(2));
            }
        }
        try (PreparedStatement last = database.prepareStatement("select coalesce(max(resource_key), 0) from resource");
                ResultSet row = last.executeQuery()) {
            row.next();
            return new Used(bytes, row.getLong(1));
        }
    }

    /** Of the bytes of new rows, those of resources that another service owns. Indexes are taken to be as their rows. */
    private double shareOfCopies(Connection database, Service service, String table) throws SQLException {
        if (!table.startsWith(OF_RESOURCES)) {
            return 0;
        }
        Array foreign = database.createArrayOf(
                "text",
                owners.keySet().stream()
                        .filter(type -> owners.get(type) != service)
                        .toArray());
        try (PreparedStatement share = database.prepareStatement("""
                select coalesce(
                    sum(pg_column_size(rows.*)) filter (where resource.is_copy or resource.resource_type = any (?))
                        / sum(pg_column_size(rows.*))::float8, 0)
                from %s rows join resource using (resource_key)
                where resource_key > ?
                """.formatted(table))) {
            share.setArray(1, foreign);
            share.setLong(2, before.get(service).lastKey());
            try (ResultSet row = share.executeQuery()) {
                row.next();
                return row.getDouble(1);
            }
        }
    }
}
