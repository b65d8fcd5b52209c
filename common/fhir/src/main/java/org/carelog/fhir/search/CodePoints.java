package org.carelog.fhir.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of PostgreSQL's collation "C": by the bytes of UTF-8, which is by code point and not by UTF-16 unit. */
public final class CodePoints {
    public static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private CodePoints() {}
}
