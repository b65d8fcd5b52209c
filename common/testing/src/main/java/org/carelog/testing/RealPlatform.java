package org.carelog.testing;

/**
 * The real servers that tests run on. Each is started by the first test that asks for it and stays up between runs; a
 * test that asks for PostgreSQL alone does not wait for the others. Thread-safe.
 */
public final class RealPlatform {

    private RealPlatform() {}

    /**
     * A fresh database, migrated as its owner.
     *
     * @param flywayLocations on the class path, such as {@code db/records}; none: the database is empty
     */
    public static TestDatabase database(String... flywayLocations) {
        return TestDatabase.create(WarmPostgres.running(), "test", flywayLocations);
    }
}
