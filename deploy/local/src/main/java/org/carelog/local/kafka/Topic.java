package org.carelog.local.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic, and how it keeps what is in it. See docs/events.
 *
 * @param partitions fixed for ever: another number would map the keys anew and break their order
 */
public record Topic(String name, int partitions, Map<String, String> configuration) {

    /** How long events are kept unless the deployment says otherwise. */
    public static final Duration RETENTION = Duration.ofDays(30);

    /** As large as the largest resource and its headers. */
    private static final int LARGEST_RECORD = 6 * 1024 * 1024;

    public Topic {
        Map<String, String> whole = new TreeMap<>(configuration);
        whole.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD));
        configuration = Map.copyOf(whole);
    }

    /** What happened, for some time. */
    public static Topic ofEvents(String name, int partitions, Duration retention) {
        return new Topic(name, partitions, deleted(retention.toMillis()));
    }

    /** What happened, for ever. */
    public static Topic ofRecord(String name, int partitions) {
        return new Topic(name, partitions, deleted(-1));
    }

    /** How things are: of each key the last record, for ever. */
    public static Topic ofState(String name, int partitions) {
        return new Topic(
                name, partitions, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    private static Map<String, String> deleted(long afterMillis) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(afterMillis),
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1");
    }

    /** With as many copies as the brokers' settings say. */
    NewTopic made() {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configuration);
    }
}
