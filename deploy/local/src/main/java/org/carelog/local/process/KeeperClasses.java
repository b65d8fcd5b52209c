package org.carelog.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The classes that a {@link Keeper} needs, as files that no build touches. */
final class KeeperClasses {

    private static final List<Class<?>> ALL = List.of(
            Keeper.class, ChildProcess.class, Command.class, Privileges.class, Processes.class, Background.class);

    private KeeperClasses() {}

    /** Copies them into a new directory, which is to be a class path. */
    static Path copied(Path directory) throws IOException {
        Path classes = directory.resolve("classes");
        for (Class<?> type : ALL) {
            String name = type.getName().replace('.', '/') + ".class";
            Path target = classes.resolve(name);
            Files.createDirectories(target.getParent());
            Path unfinished = Files.createTempFile(target.getParent(), "class", "");
            try (InputStream source = type.getClassLoader().getResourceAsStream(name)) {
                Files.write(unfinished, source.readAllBytes());
            }
            Files.move(unfinished, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return classes;
    }
}
