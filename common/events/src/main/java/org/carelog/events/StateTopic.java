package org.carelog.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A compacted topic, read from places that the caller keeps. Offsets are those of its partitions, in their order. For one thread. */
final class StateTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    /** Where the consumer is; null: nowhere yet. */
    private long[] at;

    /** @param most records that are read at once */
    StateTopic(Map<String, Object> broker, String topic, int most) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "carelog-rebuild");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // it is written in transactions
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
        // of what is packed, up to 255 times
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 128 << 10);
        // one that is compacted away meanwhile is behind us; what comes after it is not
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            this.partitions = consumer.partitionsFor(topic).stream()
                    .sorted(Comparator.comparingInt(PartitionInfo::partition))
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
    }

    long[] begins() {
        return inOrder(consumer.beginningOffsets(partitions));
    }

    long[] ends() {
        return inOrder(consumer.endOffsets(partitions));
    }

    private long[] inOrder(Map<TopicPartition, Long> offsets) {
        return partitions.stream().mapToLong(offsets::get).toArray();
    }

    /**
     * @param from where it was read
     * @param next from where the next page is to be read
     */
    record Page(List<ConsumerRecord<String, byte[]>> records, long[] from, long[] next) {}

    /** The next records before the ends, so many at most; none, when the broker has none for a second. */
    Page read(long[] from, long[] ends, int most) {
        seek(from, ends);
        // if it ends between the two, nobody knows what was read
        at = null;
        ConsumerRecords<String, byte[]> polled = consumer.poll(PATIENCE);
        at = partitions.stream().mapToLong(consumer::position).toArray();
        List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
        long[] next = at.clone();
        for (TopicPartition partition : polled.partitions()) {
            int place = partitions.indexOf(partition);
            for (ConsumerRecord<String, byte[]> record : polled.records(partition)) {
                if (record.offset() >= ends[place]) {
                    break;
                }
                if (taken.size() == most) {
                    next[place] = Math.min(next[place], record.offset());
                    break;
                }
                taken.add(record);
            }
        }
        return new Page(taken, from.clone(), next);
    }

    private void seek(long[] from, long[] ends) {
        List<TopicPartition> over = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            if (at == null || at[i] != from[i]) {
                consumer.seek(partitions.get(i), from[i]);
            }
            if (from[i] >= ends[i]) {
                over.add(partitions.get(i));
            }
        }
        consumer.resume(partitions);
        consumer.pause(over);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
