package org.carelog.checks;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;

/**
 * A service as its code declares it.
 *
 * @param registry the class that produces its types; nothing but the container uses it otherwise
 */
record DeclaredService(String name, String registry) {
    static final List<DeclaredService> ALL = List.of(
            new DeclaredService("patient-service", "org.carelog.patient.PatientServiceTypes"),
            new DeclaredService("encounter-service", "org.carelog.encounter.EncounterServiceTypes"),
            new DeclaredService("audit-service", "org.carelog.audit.AuditServiceTypes"));

    /** The types that this service is the source of. */
    Set<String> owned() {
        Set<String> owned = new TreeSet<>();
        for (HostedType type : types().all()) {
            if (type.hosting() != HostedType.Hosting.PROJECTED) {
                owned.add(type.name());
            }
        }
        return owned;
    }

    private HostedTypes types() {
        try {
            Class<?> declaring = Class.forName(registry);
            var constructor = declaring.getDeclaredConstructor();
            constructor.setAccessible(true);
            Method types = declaring.getDeclaredMethod("types");
            types.setAccessible(true);
            return (HostedTypes) types.invoke(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(registry + " does not declare its types as it did", e);
        }
    }

    /** Its own settings. */
    Properties settings() {
        return properties(name + "/src/main/resources/application.properties");
    }

    /** Those that all services have in common. */
    static Properties commonSettings() {
        return properties("common/records/src/main/resources/META-INF/microprofile-config.properties");
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
