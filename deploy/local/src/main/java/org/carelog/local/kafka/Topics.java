package org.carelog.local.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of the deployment. */
public final class Topics {

    /** All of Carelog's. */
    public static final List<Topic> CARELOG = List.of(
            Topic.ofEvents("carelog.patient.changed.v1", 24, Topic.RETENTION),
            Topic.ofEvents("carelog.encounter.changed.v1", 24, Topic.RETENTION),
            Topic.ofState("carelog.patient.state.v1", 24),
            Topic.ofState("carelog.encounter.state.v1", 24),
            Topic.ofRecord("carelog.access.recorded.v1", 6),
            Topic.ofRecord("carelog.audit.checkpoint.v1", 1));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Topics() {}

    /**
     * Makes those topics that are not there and sets the configuration of the others. What is in them stays. Waits half a
     * minute for as many brokers as a topic is to be on.
     *
     * @throws IOException when the broker does not answer or refuses, or a topic has another number of partitions
     */
    public static void create(String bootstrapServers, List<Topic> topics) throws IOException, InterruptedException {
        create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), topics);
    }

    /**
     * The same where not everybody may.
     *
     * @param administrator the settings of a client of Kafka that may make topics
     */
    public static void create(Map<String, Object> administrator, List<Topic> topics)
            throws IOException, InterruptedException {
        try (Admin admin = Admin.create(administrator)) {
            for (Topic topic : topics) {
                create(admin, topic);
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "the topics could not be made: " + e.getCause().getMessage(), e);
        }
    }

    private static void create(Admin admin, Topic topic) throws IOException, ExecutionException, InterruptedException {
        try {
            whenAllAreThere(
                    () -> admin.createTopics(List.of(topic.made())).all().get(),
                    InvalidReplicationFactorException.class);
            // The controller has made it; a broker learns so a moment later, and until then clients hear that there is
            // none.
            whenAllAreThere(() -> check(admin, topic), UnknownTopicOrPartitionException.class);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            check(admin, topic);
            configure(admin, topic);
        }
    }

    private interface Step {
        void take() throws IOException, ExecutionException, InterruptedException;
    }

    private static void whenAllAreThere(Step step, Class<? extends ApiException> notYet)
            throws IOException, ExecutionException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                step.take();
                return;
            } catch (ExecutionException e) {
                if (!notYet.isInstance(e.getCause()) || Instant.now().isAfter(end)) {
                    throw e;
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private static void check(Admin admin, Topic topic) throws IOException, ExecutionException, InterruptedException {
        TopicDescription there = admin.describeTopics(List.of(topic.name()))
                .allTopicNames()
                .get()
                .get(topic.name());
        if (there.partitions().size() != topic.partitions()) {
            throw new IOException("the topic %s has %d partitions and must have %d"
                    .formatted(topic.name(), there.partitions().size(), topic.partitions()));
        }
    }

    private static void configure(Admin admin, Topic topic) throws ExecutionException, InterruptedException {
        List<AlterConfigOp> operations = topic.configuration().entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), operations))
                .all()
                .get();
    }
}
