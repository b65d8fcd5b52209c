package org.carelog.system.platform;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The one system that all tests of a run share. Begins with empty data; its data and logs stay for who wants to look. */
public final class RunningSystem implements ParameterResolver {

    /** Stops it at the end of the run, whatever happened. */
    private record Started(Carelog carelog) implements AutoCloseable {
        @Override
        public void close() {
            carelog.run("down");
            carelog.processes().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Carelog.class;
    }

    @Override
    public Carelog resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningSystem.class))
                .computeIfAbsent("system", key -> new Started(started()), Started.class)
                .carelog();
    }

    private static Carelog started() {
        Path root = Path.of(System.getProperty("carelog.root"));
        Path data = root.resolve("deploy/system-tests/target/system");
        delete(data);
        Carelog carelog = new Carelog(root, data, FreePorts.offset());
        long began = System.nanoTime();
        System.out.println(carelog.done("up", "--detach"));
        System.out.printf("up --detach took %.1f s%n", (System.nanoTime() - began) / 1e9);
        return carelog;
    }

    private static void delete(Path directory) {
        if (Files.notExists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
