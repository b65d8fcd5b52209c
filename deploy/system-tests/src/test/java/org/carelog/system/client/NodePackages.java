package org.carelog.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.Shell;

/** Packages from npm's registry, in the versions of the lock file, for a machine without npm. */
final class NodePackages {
    /** npm's own, or whatever npm itself is told to use in its place. */
    private static final String REGISTRY =
            Optional.ofNullable(System.getenv("npm_config_registry")).orElse("https://registry.npmjs.org/");

    private static final String PREFIX = "node_modules/";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private NodePackages() {}

    /**
     * Copies a script and lays what it imports beside it.
     *
     * @param source has the script and {@code package-lock.json}
     * @return the copy
     * @throws IllegalStateException when a package is not the one that the lock file names
     */
    static Path install(Path source, String script, Path target) throws IOException {
        JsonNode packages = new JsonMapper()
                .readTree(source.resolve("package-lock.json").toFile())
                .path("packages");
        for (Map.Entry<String, JsonNode> locked : packages.properties()) {
            if (locked.getKey().startsWith(PREFIX)) {
                String name = locked.getKey().substring(PREFIX.length());
                String version = locked.getValue().path("version").textValue();
                Path archive = download(name, version, Files.createDirectories(target.resolve("packages")));
                requireSame(archive, locked.getValue().path("integrity").textValue());
                unpack(archive, target.resolve(locked.getKey()));
            }
        }
        return Files.copy(source.resolve(script), target.resolve(script), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path download(String name, String version, Path directory) throws IOException {
        String file = "%s-%s.tgz".formatted(name, version);
        URI address = URI.create(REGISTRY.replaceAll("/+$", "") + "/" + name + "/-/" + file);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Path> answer = http.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofFile(directory.resolve(file)));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(file + " was answered with " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void requireSame(Path archive, String integrity) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
            if (!integrity.equals("sha512-" + Base64.getEncoder().encodeToString(digest))) {
                throw new IllegalStateException(archive + " is not what was locked");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(Path archive, Path directory) throws IOException {
        Files.createDirectories(directory);
        Result tar = new Shell(directory, Map.of())
                .run(PATIENCE, List.of("tar", "-xzf", archive.toString(), "--strip-components=1"));
        if (tar.exitCode() != 0) {
            throw new IllegalStateException(archive + ": " + tar);
        }
    }
}
