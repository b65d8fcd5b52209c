package org.carelog.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Checkpoints as they are kept outside of the ledger's database: some at a time, in their order. */
final class KeptCheckpoints {
    private static final int AT_ONCE = 100;
    private static final TopicPartition TOPIC = new TopicPartition("carelog.audit.checkpoint.v1", 0);
    private static final Duration POLL = Duration.ofMillis(500);

    private KeptCheckpoints() {}

    /** Who gets them. */
    @FunctionalInterface
    interface Taker {
        /** @return whether more are wanted */
        boolean take(List<String> notes) throws IOException, InterruptedException;
    }

    /** Those of a file, each with a blank line behind it, or the one that it is. */
    static void ofFile(Path file, Taker taker) throws IOException, InterruptedException {
        List<String> notes = new ArrayList<>();
        StringBuilder note = new StringBuilder();
        boolean isSigned = false;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && isSigned) {
                    notes.add(note.toString());
                    note.setLength(0);
                    isSigned = false;
                    if (notes.size() == AT_ONCE && !taker.take(drain(notes))) {
                        return;
                    }
                } else {
                    isSigned |= line.isEmpty();
                    note.append(line).append('\n');
                }
            }
        }
        if (!note.isEmpty()) {
            notes.add(note.toString());
        }
        taker.take(notes);
    }

    /** Those of the topic that are there now. */
    static void ofTopic(Map<String, Object> kafka, Taker taker) throws IOException, InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(new HashMap<>(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            long end = consumer.endOffsets(List.of(TOPIC)).get(TOPIC);
            List<String> notes = new ArrayList<>();
            while (consumer.position(TOPIC) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    notes.add(new String(record.value(), UTF_8));
                }
                while (notes.size() >= AT_ONCE) {
                    List<String> some = notes.subList(0, AT_ONCE);
                    if (!taker.take(drain(some))) {
                        return;
                    }
                }
            }
            taker.take(notes);
        }
    }

    private static List<String> drain(List<String> notes) {
        List<String> drained = List.copyOf(notes);
        notes.clear();
        return drained;
    }
}
