package org.carelog.events;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.carelog.testing.CuttableWire;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;

/**
 * A service that publishes, as far as this module goes: a database of its own behind a {@link CuttableWire}, which tests
 * have as a field, and a topic. Its relay polls so seldom that only a wake-up makes it look.
 */
public final class EventsResource implements QuarkusTestResourceLifecycleManager {
    private TestDatabase database;
    private CuttableWire wire;

    @Override
    public Map<String, String> start() {
        database = RealPlatform.database("db/events", "db/trial");
        try {
            wire = new CuttableWire(database.jdbcUrl());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.datasource.jdbc.url", wire.jdbcUrl(),
                "quarkus.datasource.username", database.runtimeUser(),
                "quarkus.datasource.password", database.runtimePassword(),
                "kafka.bootstrap.servers", RealPlatform.kafka(),
                "carelog.events.topic", RealPlatform.topic("carelog.trial.changed.v1"),
                "carelog.events.state-topic", RealPlatform.topic("carelog.trial.state.v1"),
                "carelog.events.source", "urn:carelog:trial",
                "carelog.outbox.poll-interval", "1H");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(wire, new TestInjector.MatchesType(CuttableWire.class));
    }

    @Override
    public void stop() {
        try {
            if (wire != null) {
                wire.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (database != null) {
            database.close();
        }
    }
}
