package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carelog.local.kafka.Topic;
import org.carelog.local.kafka.Topics;
import org.junit.jupiter.api.Test;

/** The topics that a deployment makes are those that the local platform makes. */
class TopicsTest {
    private static final String SCRIPT = "deploy/compose/kafka/topics.sh";
    private static final Pattern TOPIC = Pattern.compile("(?m)^topic (\\S+) (\\d+)$");
    private static final Pattern SETTING = Pattern.compile("(?m)^  ([a-z.]+)=(\\S+)$");

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
