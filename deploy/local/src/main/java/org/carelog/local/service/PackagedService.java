package org.carelog.local.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A service as the build packaged it.
 *
 * @param directory {@code quarkus-app}
 * @param settings its {@code application.properties}
 */
record PackagedService(Path directory, Properties settings) {

    private static final String OWNERS = "carelog.fhir.owners.";

    static PackagedService in(Path directory) throws IOException {
        if (Files.notExists(directory.resolve("quarkus-run.jar"))) {
            throw new NoSuchFileException(directory.resolve("quarkus-run.jar").toString(), null, "it was not built");
        }
        Properties settings = new Properties();
        try (URLClassLoader classes = new URLClassLoader(urls(directory.resolve("app")), null);
                InputStream in = classes.getResourceAsStream("application.properties")) {
            if (in == null) {
                throw new IOException("there is no application.properties in " + directory.resolve("app"));
            }
            settings.load(in);
        }
        return new PackagedService(directory, settings);
    }

    Path jar() {
        return directory.resolve("quarkus-run.jar");
    }

    /** Where its migrations are on {@link #classes}. */
    String[] migrations() {
        return settings.getProperty("quarkus.flyway.locations").split(",");
    }

    /** By type, where its owner is when all ports are the usual ones. */
    Map<String, String> owners() {
        Map<String, String> owners = new TreeMap<>();
        settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith(OWNERS))
                .forEach(name -> owners.put(name, settings.getProperty(name)));
        return owners;
    }

    /** What is ours in it; the migrations are there. */
    URLClassLoader classes() throws IOException {
        List<URL> jars = new ArrayList<>(List.of(urls(directory.resolve("app"))));
        jars.addAll(List.of(urls(directory.resolve("lib/main"), "org.carelog.")));
        return new URLClassLoader(jars.toArray(URL[]::new), PackagedService.class.getClassLoader());
    }

    private static URL[] urls(Path jars) throws IOException {
        return urls(jars, "");
    }

    private static URL[] urls(Path jars, String prefix) throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(jars)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith(prefix)) {
                    urls.add(file.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }
}
