package org.carelog.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * Gives the service whose tests run what a deployment gives it: a database of its own with both roles, topics of its own
 * on the real Kafka, the real Keycloak and its client's secret, a key for page tokens, free ports; and, in the place of
 * whichever service owns what it refers to, an {@link OwnerStandIn}. All of it is new, so that runs do not disturb each
 * other. Tests reach it by {@link ServiceUnderTest}.
 */
public final class ServiceResource implements QuarkusTestResourceLifecycleManager {

    static final String OWNER_USER = "carelog.test.owner-user";
    static final String OWNER_PASSWORD = "carelog.test.owner-password";
    static final String STAND_IN = "carelog.test.stand-in";
    static final String TOPICS = "carelog.test.topic.";

    /** A replica of the owner that is never there. */
    private static final String GONE = "http://127.0.0.1:1/fhir";

    private static final String ACCESS_TOPIC = "carelog.access.recorded.v1";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> topics = new HashMap<>();
    private TestDatabase database;
    private OwnerStandIn owner;

    @Override
    public Map<String, String> start() {
        // as the service's main method does
        System.setProperty("vertx.disableURIValidation", "true");
        RealPlatform.start();
        Properties service = ownSettings();
        Map<String, String> settings = new HashMap<>();
        database(service, settings);
        broker(service, settings);
        tokens(service, settings);
        owner(service, settings);
        // a busy machine may take longer than the usual two seconds
        settings.put("carelog.audit.record-timeout", "20s");
        // all that other tests have stored is indexed anew, too, and nobody waits for an answer beside it
        settings.put("carelog.search.reindex-rate", "5000");
        settings.put("carelog.search.page-key", Base64.getEncoder().encodeToString(new byte[32]));
        settings.put("carelog.checkpoint.key", Base64.getEncoder().encodeToString(new byte[32]));
        // what others do on the same broker and in the same realm is none of this run's
        settings.put("carelog.disclosure.interval", "1h");
        settings.put("carelog.identity.interval", "1h");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        topics.forEach((name, fresh) -> settings.put(TOPICS + name, fresh));
        return settings;
    }

    private void database(Properties service, Map<String, String> settings) {
        database = RealPlatform.database(
                service.getProperty("quarkus.flyway.locations").split(","));
        settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        settings.put("quarkus.datasource.username", database.runtimeUser());
        settings.put("quarkus.datasource.password", database.runtimePassword());
        settings.put(OWNER_USER, database.ownerUser());
        settings.put(OWNER_PASSWORD, database.ownerPassword());
    }

    /** Each topic and consumer group that the service's settings name becomes one of this run's own. */
    private void broker(Properties service, Map<String, String> settings) {
        settings.put("kafka.bootstrap.servers", RealPlatform.kafka());
        settings.put("carelog.audit.topic", topic(ACCESS_TOPIC));
        settings.put("carelog.ingest.topic", topic(ACCESS_TOPIC));
        for (String key : service.stringPropertyNames()) {
            if (key.endsWith("topic") || key.contains(".topic.")) {
                settings.put(key, topic(service.getProperty(key)));
            } else if (key.endsWith(".group.id")) {
                settings.put(key, service.getProperty(key) + "-" + run);
            }
        }
    }

    private String topic(String name) {
        return topics.computeIfAbsent(name, RealPlatform::topic);
    }

    private static void tokens(Properties service, Map<String, String> settings) {
        settings.put("quarkus.oidc.auth-server-url", RealPlatform.issuer().toString());
        settings.put(
                "quarkus.oidc-client.credentials.secret",
                RealPlatform.clientSecret(service.getProperty("quarkus.application.name")));
    }

    private void owner(Properties service, Map<String, String> settings) {
        owner = OwnerStandIn.start();
        settings.put(STAND_IN, owner.base().toString());
        service.stringPropertyNames().stream()
                .filter(key -> key.startsWith("carelog.fhir.owners."))
                .forEach(key -> settings.put(key, GONE + "," + owner.base()));
    }

    private static Properties ownSettings() {
        Properties properties = new Properties();
        try (InputStream file =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("application.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new IllegalStateException("the service's application.properties cannot be read", e);
        }
        return properties;
    }

    @Override
    public void stop() {
        if (owner != null) {
            owner.stop();
        }
        if (database != null) {
            database.close();
        }
    }
}
