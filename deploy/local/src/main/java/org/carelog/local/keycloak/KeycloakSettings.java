package org.carelog.local.keycloak;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where a Keycloak's files and ports are.
 *
 * @param distribution the unpacked distribution, {@code deploy/parts/keycloak/target/keycloak-<version>}; only read
 * @param cache where the built server is kept, about 190 MB; may be shared by several Keycloaks, survives a reset
 * @param data this Keycloak's own state, its database and its clients' secrets; delete it to begin anew
 * @param realm the realm file, {@code deploy/keycloak/carelog-realm.json}
 * @param port of HTTP, on loopback
 * @param managementPort of the health check, on loopback
 */
public record KeycloakSettings(Path distribution, Path cache, Path data, Path realm, int port, int managementPort) {

    public KeycloakSettings {
        if (port == managementPort) {
            throw new IllegalArgumentException("port and management port are the same: " + port);
        }
        distribution = distribution.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        realm = realm.toAbsolutePath().normalize();
    }

    /**
     * Those of a clone of the repository.
     *
     * @param root the clone
     * @throws IllegalStateException when the build did not put the version in
     */
    public static KeycloakSettings of(Path root, Path cache, Path data, int port, int managementPort) {
        return new KeycloakSettings(
                root.resolve("deploy/parts/keycloak/target/keycloak-" + version()),
                cache,
                data,
                root.resolve("deploy/keycloak/carelog-realm.json"),
                port,
                managementPort);
    }

    private static String version() {
        try (InputStream in = KeycloakSettings.class.getResourceAsStream("keycloak.properties")) {
            if (in == null) {
                throw new FileNotFoundException("keycloak.properties");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("keycloak.properties is not on the class path", e);
        }
    }
}
