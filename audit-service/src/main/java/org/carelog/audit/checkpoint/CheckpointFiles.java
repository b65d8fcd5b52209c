package org.carelog.audit.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.carelog.proof.SignedNote;
import org.carelog.proof.VerifierKey;

/**
 * Checkpoints outside of the database: {@code checkpoints} has all, with a blank line behind each, {@code checkpoint} the last
 * one, {@code log.vkey} the key that they are checked with. For one thread.
 */
final class CheckpointFiles {
    private final Path all;
    private final Path last;

    /** @throws IOException when the directory cannot be written */
    CheckpointFiles(Path directory, VerifierKey key) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("log.vkey"), key + "\n");
        all = directory.resolve("checkpoints");
        last = directory.resolve("checkpoint");
    }

    Optional<SignedNote> last() throws IOException {
        return Files.exists(last) ? Optional.of(SignedNote.parse(Files.readAllBytes(last))) : Optional.empty();
    }

    /** Returns when it is durable; one that was added before a crash may be added again. */
    void add(SignedNote note) throws IOException {
        write(all, note + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Path fresh = last.resolveSibling("checkpoint.new");
        write(
                fresh,
                note.toString(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(fresh, last, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(Path file, String text, OpenOption... options) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        try (FileChannel channel = FileChannel.open(file, options)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }
}
