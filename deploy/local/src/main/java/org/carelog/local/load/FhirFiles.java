package org.carelog.local.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files a load reads: those named, and the {@code .json} and {@code .ndjson} files below a directory. */
record FhirFiles(List<Path> paths, long bytes) {

    /** In the order of their names, so that two runs read in the same order. */
    static FhirFiles under(List<Path> filesOrDirectories) throws IOException {
        List<Path> found =
                filesOrDirectories.stream().flatMap(FhirFiles::expand).toList();
        long bytes = 0;
        for (Path file : found) {
            bytes += Files.size(file);
        }
        return new FhirFiles(found, bytes);
    }

    private static Stream<Path> expand(Path path) {
        if (Files.notExists(path)) {
            throw new UncheckedIOException(new NoSuchFileException(path.toString()));
        }
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile).filter(FhirFiles::isFhir).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFhir(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".ndjson");
    }
}
