package org.carelog.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of the repository that the tests run in. */
final class Checkout {

    private Checkout() {}

    static Path root() {
        String told = System.getProperty("carelog.root");
        if (told != null && Files.exists(Path.of(told, "mvnw"))) {
            return Path.of(told);
        }
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve("mvnw"))) {
                return directory;
            }
        }
        throw new IllegalStateException(
                "not inside a checkout of Carelog: no mvnw above " + Path.of("").toAbsolutePath());
    }

    /** Where the warm parts of the platform have their files. */
    static Path warm() {
        return root().resolve(".carelog/test");
    }

    /** Where unpacked programs are kept, for tests and for {@code ./carelog up}. */
    static Path programs() {
        return root().resolve(".carelog/programs");
    }
}
