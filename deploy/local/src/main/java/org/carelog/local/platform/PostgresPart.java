package org.carelog.local.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.port.Scale;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.process.Command;
import org.carelog.local.service.ServiceProgram;
import org.carelog.local.supervisor.Part;

/** PostgreSQL with the database of each service, migrated by its owner before the services see it. */
record PostgresPart(PostgresServer server, Scale scale, Path log, List<ServiceProgram> services) implements Part {

    static final String NAME = "postgres";

    /** Three services have pools of 24 connections and some of their own. */
    private static final int CONNECTIONS_OF_REPLICAS = 150;

    private static final Map<String, String> SETTINGS = Map.of(
            // With the usual 128 MB, who reads has to write out what others changed.
            "shared_buffers", "512MB",
            "max_wal_size", "2GB",
            // After a checkpoint each page is written whole once more: the fewer, the less is written.
            "checkpoint_timeout", "15min",
            // The details of an error hold values of rows; the log has none of a person's.
            "log_error_verbosity", "terse",
            "log_min_error_statement", "panic");

    static PostgresServer server(Installation installation, Ports ports, Secrets secrets) throws IOException {
        return new PostgresServer(
                installation.postgresPrograms(),
                installation.postgres(),
                ports.number(Port.POSTGRES),
                secrets.password("postgres.superuser"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public Command prepare() throws Exception {
        server.initialize();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("max_connections", Integer.toString(CONNECTIONS_OF_REPLICAS * scale.replicas()));
        return server.command(settings).loggingTo(log);
    }

    @Override
    public boolean answers() {
        return server.answers();
    }

    @Override
    public void complete() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> databases = services.stream()
                    .<Future<?>>map(service -> threads.submit(() -> {
                        service.createDatabase(server);
                        return null;
                    }))
                    .toList();
            for (Future<?> database : databases) {
                database.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
