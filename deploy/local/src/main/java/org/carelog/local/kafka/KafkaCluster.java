package org.carelog.local.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** Brokers that are one Kafka, often a single one. Thread-safe. */
public final class KafkaCluster {

    private final List<KafkaServer> brokers;

    /** @param brokers in the order of their ids; each knows the others' controllers */
    public KafkaCluster(List<KafkaServer> brokers) {
        this.brokers = List.copyOf(brokers);
    }

    public List<KafkaServer> brokers() {
        return brokers;
    }

    /** Formats the storage of all, as one cluster's, where that was not done. Each whole or not at all. */
    public synchronized void initialize() throws IOException, InterruptedException {
        String id = Uuid.randomUuid().toString();
        for (KafkaServer broker : brokers) {
            Optional<String> known = broker.clusterId();
            if (known.isPresent()) {
                id = known.get();
                break;
            }
        }
        for (KafkaServer broker : brokers) {
            broker.initialize(id);
        }
    }

    /** What a client is told that may do everything. */
    public Map<String, Object> administrator() {
        Map<String, Object> settings = new HashMap<>(brokers.getFirst().administrator());
        settings.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers.stream()
                        .map(broker -> broker.administrator().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG))
                        .map(Object::toString)
                        .collect(Collectors.joining(",")));
        return settings;
    }
}
