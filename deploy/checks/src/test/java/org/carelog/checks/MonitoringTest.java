package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dashboard and alerts say the same. */
class MonitoringTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:carelog|kafka)_[a-z_]+|\\bup\\b");
    private static final Pattern LEVEL = Pattern.compile("([a-z_]+)\\)? [<>] ([0-9.]+)");

    @ParameterizedTest
    @MethodSource("alarms")
    void whatRaisesAnAlarmCanBeSeen(String alarm) throws Exception {
        // Given
        Set<String> seen = new TreeSet<>();
        panels().forEach(panel -> metrics(expressions(panel)).forEach(seen::add));

        // Then
        assertThat(seen).containsAll(metrics(alarm).toList());
    }

    /** But whether a witness has signed at all is no level. */
    @ParameterizedTest
    @MethodSource("alarms")
    void theLevelOfAnAlarmIsInAPlotOfItsMetric(String alarm) {
        LEVEL.matcher(alarm)
                .results()
                .filter(level -> !level.group(1).equals("carelog_checkpoint_witnessed"))
                .forEach(level -> assertThat(
                                panels().filter(panel -> expressions(panel).contains(level.group(1)))
                                        .flatMap(MonitoringTest::levels))
                        .as("%s", level.group(1))
                        .contains(Double.parseDouble(level.group(2))));
    }

    @Test
    void noTwoPanelsAreInOnePlace() {
        assertThat(panels().map(panel -> panel.get("gridPos"))).doesNotHaveDuplicates();
        assertThat(panels().map(panel -> panel.get("id"))).doesNotHaveDuplicates();
    }

    static Stream<String> alarms() {
        return Yaml.one(Checkout.file("deploy/monitoring/alerts.yaml")).findValues("expr").stream()
                .map(JsonNode::asText);
    }

    private static Stream<JsonNode> panels() {
        try {
            return new ObjectMapper()
                    .readTree(Checkout.text("deploy/monitoring/dashboard.json"))
                    .get("panels")
                    .valueStream();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String expressions(JsonNode panel) {
        return panel.findValues("expr").stream().map(JsonNode::asText).collect(Collectors.joining(" "));
    }

    private static Stream<String> metrics(String expressions) {
        return METRIC.matcher(expressions).results().map(MatchResult::group);
    }

    /** Red begins at 1 where 0 is well. */
    private static Stream<Double> levels(JsonNode panel) {
        return panel.at("/fieldConfig/defaults/thresholds/steps")
                .valueStream()
                .filter(step -> step.get("value").isNumber())
                .map(step -> step.get("value").asDouble())
                .map(level -> level == 1 ? 0 : level);
    }
}
