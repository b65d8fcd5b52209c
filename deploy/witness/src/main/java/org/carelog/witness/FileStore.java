package org.carelog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Hash;
import org.carelog.proof.WitnessStore;

/** Remembers in a directory: a file for each log, whose name is a hash of the log's. For one thread at a time. */
final class FileStore implements WitnessStore {
    private final Path directory;

    /** @throws IOException when there is no such directory, and it cannot be made */
    FileStore(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    @Override
    public Optional<Checkpoint> latest(String origin) {
        try {
            Path file = file(origin);
            return Files.exists(file) ? Optional.of(Checkpoint.parse(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        try {
            write(file(checkpoint.origin()), checkpoint.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String origin) {
        return directory.resolve(HexFormat.of().formatHex(Hash.sha256().digest(origin.getBytes(UTF_8))));
    }

    /** Returns when it is durable: the file is there as it was or as it is to be, whatever happens. */
    static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
