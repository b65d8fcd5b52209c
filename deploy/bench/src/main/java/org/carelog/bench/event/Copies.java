package org.carelog.bench.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.carelog.local.service.Service;

/** How far services are with the events of which they keep copies, as the broker knows it. */
public final class Copies implements AutoCloseable {

    private static final Map<String, Service> CONSUMERS = Map.of(
            "carelog.patient.changed.v1", Service.ENCOUNTER,
            "carelog.encounter.changed.v1", Service.PATIENT);

    private final Admin kafka;

    /** @param administrator the settings of a client of Kafka that may look at the services' groups */
    public Copies(Map<String, Object> administrator) {
        this.kafka = Admin.create(administrator);
    }

    /** How many records they have yet to read. */
    public long behind() throws ExecutionException, InterruptedException {
        long behind = 0;
        for (Map.Entry<String, Service> consumer : CONSUMERS.entrySet()) {
            Map<TopicPartition, OffsetAndMetadata> applied = kafka.listConsumerGroupOffsets(
                            consumer.getValue().id())
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    ends(consumer.getKey()).entrySet()) {
                OffsetAndMetadata next = applied.get(end.getKey());
                behind += end.getValue().offset() - (next == null ? 0 : next.offset());
            }
        }
        return behind;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(String topic)
            throws ExecutionException, InterruptedException {
        return kafka.listOffsets(
                        kafka.describeTopics(List.of(topic)).topicNameValues().get(topic).get().partitions().stream()
                                .map(partition -> new TopicPartition(topic, partition.partition()))
                                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
                .all()
                .get();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
