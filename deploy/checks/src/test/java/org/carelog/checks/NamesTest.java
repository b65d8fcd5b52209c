package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carelog.local.kafka.Topic;
import org.carelog.local.kafka.Topics;
import org.junit.jupiter.api.Test;

/** Settings, metrics and topics have the names that the documents say. */
class NamesTest {
    private static final Pattern METRIC = Pattern.compile("\"(carelog(?:\\.[a-z]+){2,})\"");
    /** What Prometheus adds to a name. */
    private static final Pattern SYSTEM_TESTS = Pattern.compile("\"(carelog\\.system\\.[a-z]+)\"");

    private static final String ADDED = "(_seconds|_bytes)?(_total|_count|_sum|_max|_bucket)?$";

    @Test
    void everySettingMetricAndTopicOfADocumentExists() {
        // Given
        Set<String> known = new TreeSet<>(metrics());
        Topics.CARELOG.stream().map(Topic::name).forEach(known::add);
        known.addAll(propertiesOfTheSystemTests());

        // Then
        assertThat(Page.all().stream()
                        .flatMap(Page::code)
                        .filter(code -> code.matches("carelog(\\.[a-zA-Z0-9-]+)+"))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(known.contains(name) || isKey(name)).isTrue());
    }

    @Test
    void everyMetricAsPrometheusNamesItExists() {
        assertThat(Page.all().stream()
                        .flatMap(Page::code)
                        .filter(code -> code.matches("carelog(_[a-z]+)+"))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(metrics())
                        .contains(name.replaceFirst(ADDED, "").replace('_', '.')));
    }

    @Test
    void everyMetricIsInADocument() {
        // Given
        List<String> code = Page.all().stream().flatMap(Page::code).toList();

        // Then
        assertThat(metrics())
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(code)
                        .anyMatch(name -> name.equals(metric)
                                || name.replaceFirst(ADDED, "")
                                        .replace('_', '.')
                                        .equals(metric)));
    }

    /** The other direction is the test of the page, beside the ports. */
    @Test
    void everySettingOfTheConfigurationPageIsAKey() {
        assertThat(Page.of("docs/configuration.md")
                        .code()
                        .filter(code -> code.matches("(carelog|quarkus|kafka)(\\.[a-zA-Z0-9-]+)+(=.*)?"))
                        .map(code -> code.replaceFirst("=.*", ""))
                        .filter(code -> Topics.CARELOG.stream()
                                .noneMatch(topic -> topic.name().equals(code))))
                .hasSizeGreaterThan(25)
                .allSatisfy(key -> assertThat(isKey(key)).isTrue());
    }

    private static Set<String> propertiesOfTheSystemTests() {
        Set<String> properties = new TreeSet<>();
        Checkout.texts(".java").stream()
                .filter(file -> Checkout.name(file).contains("deploy/system-tests/"))
                .map(Checkout::text)
                .flatMap(source -> SYSTEM_TESTS.matcher(source).results())
                .map(match -> match.group(1))
                .forEach(properties::add);
        return properties;
    }

    private static boolean isKey(String name) {
        return ConfigurationKeys.ofProperty(name).isPresent()
                || ConfigurationKeys.ofProperty(name + ".Any").isPresent();
    }

    private static Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        Checkout.texts(".java").stream()
                .filter(file -> Checkout.name(file).contains("/src/main/"))
                .map(Checkout::text)
                .filter(source -> source.contains("import io.micrometer."))
                .flatMap(source -> METRIC.matcher(source).results())
                .map(match -> match.group(1))
                .filter(name -> Stream.of("quarkus", "topic").noneMatch(name::endsWith))
                .forEach(metrics::add);
        return metrics;
    }
}
