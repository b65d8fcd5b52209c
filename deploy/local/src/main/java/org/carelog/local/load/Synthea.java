package org.carelog.local.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A made-up population, from Synthea in a JVM of its own with its default modules. The same number of people and the
 * same seed give the same files, byte by byte: the day it is generated for is fixed. Needs no network.
 *
 * @param java the {@code java} program
 * @param classPath a file that holds Synthea's class path
 * @param directory where populations are kept
 */
public record Synthea(Path java, Path classPath, Path directory) {

    private static final String DAY = "20250101";

    /**
     * The directory with the population's Bundles: one that an earlier call left, or a new one.
     *
     * @param people how many are alive at the end; those who died on the way come on top
     * @throws IOException when Synthea fails; the message names its log
     */
    public Path population(int people, long seed) throws IOException, InterruptedException {
        Path wanted = directory.resolve("people-" + people + "-seed-" + seed);
        if (Files.isDirectory(wanted)) {
            return wanted.resolve("fhir");
        }
        Files.createDirectories(directory);
        Path unfinished = Files.createTempDirectory(directory, "unfinished-");
        try {
            run(people, seed, unfinished);
            publish(unfinished, wanted);
        } finally {
            delete(unfinished);
        }
        return wanted.resolve("fhir");
    }

    private void run(int people, long seed, Path output) throws IOException, InterruptedException {
        Path log = directory.resolve("synthea.log");
        Process process = new ProcessBuilder(command(people, seed, output))
                .directory(output.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("Synthea ended with exit code " + exit + "; see " + log);
            }
            Runtime.getRuntime().removeShutdownHook(stop);
        } finally {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private List<String> command(int people, long seed, Path output) throws IOException {
        return List.of(
                java.toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Files.readString(classPath).strip().replace(':', File.pathSeparatorChar),
                "App",
                "-p",
                Integer.toString(people),
                "-s",
                Long.toString(seed),
                "-cs",
                Long.toString(seed),
                "-r",
                DAY,
                "-e",
                DAY,
                "--exporter.baseDirectory=" + output,
                "--exporter.fhir.export=true",
                "--exporter.fhir.transaction_bundle=true",
                "--exporter.hospital.fhir.export=true",
                "--exporter.practitioner.fhir.export=true",
                "--exporter.pretty_print=false",
                "--exporter.metadata.export=false",
                "--generate.thread_pool_size=2",
                "Massachusetts");
    }

    /** Whole or not at all; when another process was faster with the same population, its files are as good. */
    private static void publish(Path unfinished, Path wanted) throws IOException {
        try {
            Files.move(unfinished, wanted, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            if (!Files.isDirectory(wanted)) {
                throw e;
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
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
    }
}
