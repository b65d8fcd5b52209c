package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators look at is there. */
@Order(5)
@ExtendWith(RunningSystem.class)
class MonitoringTest {
    private static final Pattern METRIC = Pattern.compile("\\b(carelog|http|jvm|kafka)_[a-z_]+\\b");

    /** The line that begins a metric; a timer's is without what its values end with. */
    private static final Pattern OWN = Pattern.compile("(?m)^# TYPE (carelog_\\w+) ");

    @ParameterizedTest
    @ValueSource(strings = {"dashboard.json", "alerts.yaml"})
    void everyMetricThatIsNamedIsTold(String file, Carelog carelog) throws Exception {
        // Given
        String text = Files.readString(Path.of(carelog.root().toString(), "deploy/monitoring", file));
        Set<String> named = METRIC.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(5);
        // what tells of events is there from the first of them on
        assertThat(carelog.run("demo").exitCode()).isZero();

        // When, Then: Kafka's own of a partition come some time after the first records are fetched of it: they are
        // looked for once a minute
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(METRIC.matcher(metrics(carelog)).results())
                        .extracting(found -> found.group())
                        .containsAll(named));
    }

    @Test
    void everyMetricOfOurOwnIsOnTheDashboard(Carelog carelog) throws Exception {
        // Given
        assertThat(carelog.run("demo").exitCode()).isZero();

        // When
        Set<String> told = OWN.matcher(metrics(carelog))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        String dashboard = Files.readString(Path.of(carelog.root().toString(), "deploy/monitoring/dashboard.json"));
        assertThat(told)
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(dashboard).contains(name));
    }

    private static String metrics(Carelog carelog) throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (int port : new int[] {9081, 9082, 9083}) {
            all.append(metrics(carelog.port(port)));
        }
        return all.toString();
    }

    private static String metrics(int port) throws IOException, InterruptedException {
        // as Prometheus asks: without an upgrade to HTTP/2
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI address = URI.create("http://127.0.0.1:" + port + "/q/metrics");
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
