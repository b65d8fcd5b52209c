package org.carelog.bench.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** SQL by names: what follows a line {@code --: name}, without its comments. */
record Script(SequencedMap<String, String> parts) {

    private static final Pattern PART = Pattern.compile("(?m)^--: (.+)$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^-- .*\\R");

    /** @param name of a resource beside this class */
    static Script read(String name) throws IOException {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static Script of(String text) {
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        List<String> names =
                PART.matcher(text).results().map(found -> found.group(1)).toList();
        String[] bodies = PART.split(text);
        for (int i = 0; i < names.size(); i++) {
            parts.put(
                    names.get(i), COMMENT.matcher(bodies[i + 1]).replaceAll("").strip());
        }
        return new Script(parts);
    }

    String part(String name) {
        return parts.get(name);
    }

    /** The parts that ask something. */
    List<String> questions() {
        return parts.keySet().stream()
                .filter(name -> parts.get(name).startsWith("select"))
                .toList();
    }
}
