package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.local.kafka.Grant;
import org.carelog.local.kafka.Grants;
import org.carelog.local.kafka.Topic;
import org.carelog.local.kafka.Topics;
import org.junit.jupiter.api.Test;

/** The topics that a deployment makes, and what it grants, are those of the local platform. */
class TopicsTest {
    private static final String SCRIPT = "deploy/compose/kafka/topics.sh";
    private static final Pattern TOPIC = Pattern.compile("(?m)^topic (\\S+) (\\d+) \"\\$([a-z]+)\"$");
    private static final Pattern KEPT = Pattern.compile("(?m)^([a-z]+)=(cleanup\\.policy=\\S+)$");
    private static final Pattern RETENTION = Pattern.compile("(?m)^retention=\\$\\{\\w+:-(\\d+)}$");
    private static final Pattern SETTING = Pattern.compile("([a-z.]+)=([^,]+)");

    private static final Pattern GRANT = Pattern.compile("(?m)^(?:reads|writes|watches) \\S+ \\S+$");

    @Test
    void theirNamesAndPartitionsAreTheSame() {
        // Given
        Map<String, String> wanted = Topics.CARELOG.stream()
                .collect(Collectors.toMap(Topic::name, topic -> Integer.toString(topic.partitions())));

        // Then
        assertThat(found(TOPIC, Checkout.text(SCRIPT), 1, 2)).isEqualTo(wanted);
    }

    @Test
    void soIsHowTheyKeepWhatIsInThem() {
        // Given
        String script = Checkout.text(SCRIPT);
        String retention =
                RETENTION.matcher(script).results().findFirst().orElseThrow().group(1);
        Map<String, String> kept = found(KEPT, script.replace("$retention", retention), 1, 2);
        Map<String, String> keptOf = found(TOPIC, script, 1, 3);

        // Then
        assertThat(Topics.CARELOG).allSatisfy(topic -> {
            Map<String, String> settings = found(SETTING, kept.get(keptOf.get(topic.name())), 1, 2);
            settings.put("max.message.bytes", "6291456");
            assertThat(settings).isEqualTo(topic.configuration());
        });
        assertThat(script).contains(",max.message.bytes=6291456,");
    }

    @Test
    void theSameClientsMayDoTheSame() {
        // Given
        Stream<String> wanted = Grants.CARELOG.stream()
                .flatMap(grant -> Stream.of(
                                lines("reads", grant, grant.reads()),
                                lines("writes", grant, grant.writes()),
                                lines("watches", grant, grant.watches()))
                        .flatMap(lines -> lines));

        // Then
        assertThat(GRANT.matcher(Checkout.text(SCRIPT)).results().map(MatchResult::group))
                .containsExactlyInAnyOrderElementsOf(wanted.toList());
    }

    private static Stream<String> lines(String verb, Grant grant, List<String> topics) {
        return topics.stream().map(topic -> "%s %s %s".formatted(verb, grant.client(), topic));
    }

    @Test
    void bothDeploymentsMakeThemByTheSameScript() {
        assertThat(Checkout.text("deploy/kubernetes/jobs/topics.sh")).isEqualTo(Checkout.text(SCRIPT));
    }

    private static Map<String, String> found(Pattern pattern, String text, int key, int value) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(
                        match -> match.group(key),
                        (MatchResult match) -> match.group(value),
                        (a, b) -> b,
                        TreeMap::new));
    }
}
