package org.carelog.system.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** How clients of Kafka log in: by the example of {@code docs/events}, with the addresses of this system. */
public final class KafkaLogin {
    private static final String EXAMPLE = "docs/events/engine.properties";
    /** Kafka's clients ask no other address for tokens. */
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";
    private static final String TOKENS = "sasl.oauthbearer.token.endpoint.url";

    private KafkaLogin() {}

    public static Map<String, Object> asEngine(Carelog carelog) {
        return as(carelog, "integration-engine");
    }

    /** Who makes the topics, and sees everything. */
    public static Map<String, Object> asAdministrator(Carelog carelog) {
        return Map.of(
                "bootstrap.servers",
                carelog.brokers(9094),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted("platform", carelog.secret("kafka.platform")));
    }

    /** As a client of the realm, without a group. */
    public static Map<String, Object> as(Carelog carelog, String client) {
        Map<String, Object> settings = new HashMap<>();
        example(carelog, client).forEach((name, value) -> settings.put((String) name, value));
        settings.remove("group.id");
        settings.put("default.api.timeout.ms", 30_000);
        System.setProperty(ALLOWED_URLS, (String) settings.get(TOKENS));
        return settings;
    }

    /** With a token that somebody else got. */
    public static Map<String, Object> with(Carelog carelog, String token) {
        Map<String, Object> settings = as(carelog, "nobody");
        try {
            Path file = Files.writeString(Files.createTempFile("carelog", ".token"), token);
            file.toFile().deleteOnExit();
            settings.put(TOKENS, file.toUri().toString());
            System.setProperty(ALLOWED_URLS, file.toUri().toString());
            System.setProperty(ALLOWED_FILES, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.keySet().removeIf(name -> name.startsWith("sasl.oauthbearer.client.credentials."));
        // what the token says of whom it is for, the broker decides
        settings.put("sasl.oauthbearer.sub.claim.name", "azp");
        settings.put("sasl.oauthbearer.scope.claim.name", "azp");
        return settings;
    }

    private static Properties example(Carelog carelog, String client) {
        Properties settings = new Properties();
        try (Reader text = new StringReader(Files.readString(carelog.root().resolve(EXAMPLE))
                .replace("localhost:9092", carelog.bootstrapServers())
                .replace("localhost:8180", "localhost:" + carelog.port(8180))
                .replace(".carelog/data", carelog.data().toString())
                .replace("integration-engine", client))) {
            settings.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
