package org.carelog.local.kafka;

import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that keeps everything. See docs/events.
 *
 * @param partitions fixed for ever: another number would map the keys anew and break their order
 */
public record Topic(String name, int partitions) {

    /** As large as the largest resource and its headers. */
    private static final int LARGEST_RECORD = 6 * 1024 * 1024;

    public Map<String, String> configuration() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                "-1",
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(LARGEST_RECORD));
    }

    /** On one broker there is one copy. */
    NewTopic onOneBroker() {
        return new NewTopic(name, partitions, (short) 1).configs(configuration());
    }
}
