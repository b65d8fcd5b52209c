package org.carelog.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of this repository, as they are read and written by people. */
final class Checkout {
    private static final Path ROOT = root();
    /** What is made here and belongs to nobody's commit; as in .gitignore. */
    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", ".carelog", ".idea", ".vscode", "secrets", "node_modules");

    private Checkout() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String path) {
        return text(file(path));
    }

    /** As it is written in the repository. */
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    /** All files of people's, sorted; binary ones are not among them. */
    static List<Path> texts() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(String.valueOf(directory.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!NOT_OURS.contains(String.valueOf(file.getFileName())) && isText(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }

    /** Those of these whose name ends so. */
    static List<Path> texts(String ending) {
        return texts().stream().filter(file -> name(file).endsWith(ending)).toList();
    }

    private static boolean isText(Path file) throws IOException {
        try {
            return Files.readString(file).indexOf('\0') < 0;
        } catch (CharacterCodingException binary) {
            return false;
        }
    }

    private static Path root() {
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve("mvnw"))) {
                return directory;
            }
        }
        throw new IllegalStateException("not inside a checkout of Carelog");
    }
}
