package org.carelog.local.process;

import java.nio.file.Path;

/** The JDK that this process runs on. */
public final class Jdk {

    private Jdk() {}

    /** Where a program of it is, such as {@code java}; in a mere runtime it may not be there. */
    public static Path program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }
}
