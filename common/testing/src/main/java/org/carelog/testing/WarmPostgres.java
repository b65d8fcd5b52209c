package org.carelog.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.process.Command;
import org.carelog.local.process.FreePort;

/** PostgreSQL for tests: durable for nobody, so quick. */
final class WarmPostgres implements WarmPart.Server {

    private static final WarmPart PART = new WarmPart("postgres", Duration.ofMinutes(3), new WarmPostgres());

    static PostgresServer running() {
        return server(PART.running());
    }

    @Override
    public Command prepare(Path directory, Properties facts) throws Exception {
        facts.setProperty("port", Integer.toString(FreePort.any()));
        facts.setProperty("directory", directory.toString());
        facts.setProperty("password", password(directory));
        PostgresServer server = server(facts);
        server.initialize();
        return server.command(Map.of(
                "fsync", "off",
                "full_page_writes", "off",
                "synchronous_commit", "on",
                "max_connections", "300"));
    }

    @Override
    public boolean answers(Properties facts) {
        return server(facts).answers();
    }

    private static PostgresServer server(Properties facts) {
        return new PostgresServer(
                Checkout.programs(),
                Path.of(facts.getProperty("directory")),
                Integer.parseInt(facts.getProperty("port")),
                facts.getProperty("password"));
    }

    /** The one the data began with. */
    private static String password(Path directory) throws IOException {
        Path file = directory.resolve("password");
        if (Files.notExists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file);
    }
}
