package org.carelog.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} of a module that is no service a database of its own, as the runtime role. Its argument
 * {@code locations} names what it is migrated with, separated by commas.
 */
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {
    private String[] locations = {};
    private TestDatabase database;

    @Override
    public void init(Map<String, String> arguments) {
        locations = arguments.get("locations").split(",");
    }

    @Override
    public Map<String, String> start() {
        database = RealPlatform.database(locations);
        return Map.of(
                "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.username", database.runtimeUser(),
                "quarkus.datasource.password", database.runtimePassword());
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
