package org.carelog.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carelog.local.platform.Installation;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.junit.jupiter.api.Test;

/** What can be set and is not on the page cannot be found. */
class ConfigurationPageTest {

    private static final Path ROOT = Path.of(System.getProperty("carelog.root"));
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"(carelog\\.[a-z.]+)\"\\)");
    private static final Pattern KEY =
            Pattern.compile("(?:@WithDefault\\(\"([^\"]+)\"\\)\\s+)?[A-Z]?[\\w<>, ]+ (\\w+)\\(\\);");

    @Test
    void everyPortIsOnThePageWithItsVariableAndNumber() throws IOException {
        // When
        String page = page();

        // Then
        assertThat(page).contains("`" + Installation.DATA + "`", "`" + Ports.OFFSET + "`");
        for (Port port : Port.values()) {
            assertThat(page).contains("| `%s` | %d |".formatted(port.variable(), port.usual()));
        }
    }

    @Test
    void everyKeyOfTheServicesIsOnThePageWithItsDefault() throws IOException {
        // Given
        Map<String, String> keys = keys();

        // When
        String page = page();

        // Then
        assertThat(keys).hasSizeGreaterThan(15);
        keys.forEach((key, standard) -> assertThat(page).contains("| `" + key + "` | " + standard));
    }

    /** By key: what the second column begins with. */
    private static Map<String, String> keys() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        for (String part : List.of("common", "patient-service", "encounter-service", "audit-service")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(part))) {
                for (Path source : files.filter(ConfigurationPageTest::isSource).toList()) {
                    collect(Files.readString(source), keys);
                }
            }
        }
        return keys;
    }

    private static boolean isSource(Path file) {
        return file.toString().contains("/src/main/") && file.toString().endsWith(".java");
    }

    private static void collect(String source, Map<String, String> keys) {
        Matcher mapping = MAPPING.matcher(source);
        if (mapping.find()) {
            Matcher key = KEY.matcher(source);
            while (key.find()) {
                String standard = key.group(1) == null ? "" : "`" + key.group(1) + "`";
                keys.put(mapping.group(1) + "." + kebab(key.group(2)), standard);
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/configuration.md"));
    }
}
