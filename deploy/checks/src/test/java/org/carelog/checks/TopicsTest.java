package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.local.kafka.Grants;
import org.carelog.local.kafka.Topic;
import org.carelog.local.kafka.Topics;
import org.junit.jupiter.api.Test;

/** The topics that a deployment makes, and what it grants, are those of the local platform. */
class TopicsTest {
    private static final String SCRIPT = "deploy/compose/kafka/topics.sh";
    private static final Pattern TOPIC = Pattern.compile("(?m)^topic (\\S+) (\\d+)$");
    private static final Pattern SETTING = Pattern.compile("(?m)^  ([a-z.]+)=(\\S+)$");

    private static final Pattern GRANT = Pattern.compile("(?m)^(?:reads|writes) \\S+ \\S+$");

    @Test
    void theirNamesAndPartitionsAreTheSame() {
        // Given
        Map<String, String> wanted = Topics.CARELOG.stream()
                .collect(Collectors.toMap(Topic::name, topic -> Integer.toString(topic.partitions())));

        // Then
        assertThat(found(TOPIC)).isEqualTo(wanted);
    }

    @Test
    void soIsHowTheyKeepWhatIsInThem() {
        assertThat(Topics.CARELOG)
                .allSatisfy(topic -> assertThat(found(SETTING)).isEqualTo(topic.configuration()));
    }

    @Test
    void theSameClientsMayDoTheSame() {
        // Given
        Stream<String> wanted = Grants.CARELOG.stream()
                .flatMap(grant -> Stream.concat(
                        grant.reads().stream().map(topics -> "reads %s %s".formatted(grant.client(), topics)),
                        grant.writes().stream().map(topics -> "writes %s %s".formatted(grant.client(), topics))));

        // Then
        assertThat(GRANT.matcher(Checkout.text(SCRIPT)).results().map(MatchResult::group))
                .containsExactlyInAnyOrderElementsOf(wanted.toList());
    }

    @Test
    void bothDeploymentsMakeThemByTheSameScript() {
        assertThat(Checkout.text("deploy/kubernetes/jobs/topics.sh")).isEqualTo(Checkout.text(SCRIPT));
    }

    private static Map<String, String> found(Pattern pattern) {
        return pattern.matcher(Checkout.text(SCRIPT))
                .results()
                .collect(Collectors.toMap(
                        match -> match.group(1), (MatchResult match) -> match.group(2), (a, b) -> b, TreeMap::new));
    }
}
