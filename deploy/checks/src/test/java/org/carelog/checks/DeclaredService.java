package org.carelog.checks;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A service as its code and settings declare it. */
record DeclaredService(String name) {
    static final List<DeclaredService> ALL = List.of(
            new DeclaredService("patient-service"),
            new DeclaredService("encounter-service"),
            new DeclaredService("audit-service"));

    /** Its own settings. */
    Properties settings() {
        return properties(name + "/src/main/resources/application.properties");
    }

    /** Those that all services have in common. */
    static Properties commonSettings() {
        return properties("common/records/src/main/resources/META-INF/microprofile-config.properties");
    }

    /** By environment variable, where this service finds the others when each runs under its own name. */
    Map<String, String> othersByVariable() {
        Map<String, String> others = new TreeMap<>();
        settings().forEach((key, address) -> {
            if (key.toString().startsWith("carelog.fhir.owners.")) {
                others.put(
                        key.toString().replaceAll("[^A-Za-z]", "_").toUpperCase(Locale.ROOT),
                        address.toString()
                                .replace("localhost", at(address.toString()).name()));
            }
        });
        return others;
    }

    private static DeclaredService at(String address) {
        return ALL.stream()
                .filter(service -> address.startsWith("http://localhost:" + service.port() + "/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody listens at " + address));
    }

    int port() {
        return Integer.parseInt(settings().getProperty("quarkus.http.port"));
    }

    int managementPort() {
        return Integer.parseInt(settings().getProperty("quarkus.management.port"));
    }

    private static Properties properties(String file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Checkout.text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
