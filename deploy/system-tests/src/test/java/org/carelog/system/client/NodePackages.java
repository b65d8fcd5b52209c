package org.carelog.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.Shell;

/** npm's packages as they were published, in the versions of the lock file: a machine without npm has them too. */
final class NodePackages {
    private static final String PREFIX = "node_modules/";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private NodePackages() {}

    /**
     * Copies a script and lays what it imports beside it.
     *
     * @param source has the script, {@code package-lock.json} and {@code packages/}
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
                Path archive = source.resolve("packages")
                        .resolve(name + "-" + locked.getValue().path("version").textValue() + ".tgz");
                requireSame(archive, locked.getValue().path("integrity").textValue());
                unpack(archive, target.resolve(locked.getKey()));
            }
        }
        return Files.copy(source.resolve(script), target.resolve(script), StandardCopyOption.REPLACE_EXISTING);
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
