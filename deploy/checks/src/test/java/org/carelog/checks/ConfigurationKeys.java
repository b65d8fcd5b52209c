package org.carelog.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The configuration keys that exist: ours from the {@code @ConfigMapping} interfaces, Quarkus's from the descriptions that
 * its extensions carry.
 */
final class ConfigurationKeys {
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final String SOURCES = "src/main/java/";

    /** Of libraries that describe their keys in words only. */
    private static final List<ConfigurationKey> OTHERS = List.of(
            new ConfigurationKey("kafka.bootstrap.servers", true),
            new ConfigurationKey("kafka.session.timeout.ms", true),
            new ConfigurationKey("kafka.security.protocol", true),
            new ConfigurationKey("kafka.sasl.*", true),
            new ConfigurationKey("mp.messaging.connector.smallrye-kafka.*", true),
            new ConfigurationKey("mp.messaging.incoming.*.*", true));

    private static final List<ConfigurationKey> ALL = all();

    private ConfigurationKeys() {}

    /** The key that the environment variable stands for, if there is one. */
    static Optional<ConfigurationKey> ofVariable(String variable) {
        return find(key -> key.isOf(variable));
    }

    static Optional<ConfigurationKey> ofProperty(String property) {
        return find(key -> key.matches(property));
    }

    private static Optional<ConfigurationKey> find(Predicate<ConfigurationKey> wanted) {
        return ALL.stream().filter(wanted).findFirst();
    }

    /** Carelog's own. */
    static List<ConfigurationKey> ours() {
        List<ConfigurationKey> keys = new ArrayList<>();
        for (Class<?> mapping : mappings()) {
            String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
            for (Method method : mapping.getDeclaredMethods()) {
                String users = Map.class.isAssignableFrom(method.getReturnType()) ? ".*" : "";
                keys.add(new ConfigurationKey(prefix + "." + kebab(method.getName()) + users, true));
            }
        }
        return keys;
    }

    static List<Class<?>> mappings() {
        return Checkout.texts(".java").stream()
                .filter(file -> Checkout.name(file).contains(SOURCES)
                        && Checkout.text(file).contains("\n@ConfigMapping("))
                .<Class<?>>map(ConfigurationKeys::type)
                .toList();
    }

    private static Class<?> type(Path source) {
        String name = Checkout.name(source);
        String type = name.substring(name.indexOf(SOURCES) + SOURCES.length())
                .replace(".java", "")
                .replace('/', '.');
        try {
            return Class.forName(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<ConfigurationKey> all() {
        List<ConfigurationKey> keys = new ArrayList<>(ours());
        keys.addAll(OTHERS);
        try {
            for (URL model :
                    Collections.list(ConfigurationKeys.class.getClassLoader().getResources(MODEL))) {
                for (JsonNode root : new ObjectMapper().readTree(model).path("configRoots")) {
                    collect(root.path("items"), keys);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private static void collect(JsonNode items, List<ConfigurationKey> keys) {
        for (JsonNode item : items) {
            if (item.has("items")) {
                collect(item.path("items"), keys);
            } else {
                boolean atRunTime = item.path("phase").asText().equals("RUN_TIME");
                keys.add(ConfigurationKey.described(item.at("/path/property").asText(), atRunTime));
            }
        }
    }
}
