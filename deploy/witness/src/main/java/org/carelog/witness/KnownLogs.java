package org.carelog.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.carelog.proof.VerifierKey;

/**
 * The logs that are witnessed. Their keys are taken from where they are published, once: whoever can publish another key later
 * does not change what the witness believes. For one thread at a time.
 */
final class KnownLogs {
    private final Path published;
    private final Path pinned;
    private Map<String, VerifierKey> keys = Map.of();

    /**
     * @param published a file with a key in each line, which may not be there yet
     * @param store the directory of the witness
     */
    KnownLogs(Path published, Path store) {
        this.published = published;
        this.pinned = store.resolve("logs");
    }

    /** By their origins; none, as long as none is published. */
    Map<String, VerifierKey> keys() throws IOException {
        if (keys.isEmpty()) {
            if (!Files.exists(pinned) && Files.exists(published)) {
                FileStore.write(pinned, Files.readString(published));
            }
            keys = Files.exists(pinned) ? parse(Files.readString(pinned)) : Map.of();
        }
        return keys;
    }

    private static Map<String, VerifierKey> parse(String text) {
        Map<String, VerifierKey> keys = new HashMap<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            VerifierKey key = VerifierKey.parse(line);
            keys.put(key.name(), key);
        });
        return keys;
    }
}
