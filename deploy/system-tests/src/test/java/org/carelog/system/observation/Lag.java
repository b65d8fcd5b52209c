package org.carelog.system.observation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;

/** How far the services that keep copies are behind their topics. */
final class Lag {
    private static final List<String> GROUPS = List.of("patient-service", "encounter-service");

    private Lag() {}

    static boolean isZero(Carelog carelog) {
        Map<String, Object> settings = new HashMap<>(KafkaLogin.asAdministrator(carelog));
        settings.put("default.api.timeout.ms", 5_000);
        settings.put("request.timeout.ms", 5_000);
        try (Admin admin = Admin.create(settings)) {
            for (String group : GROUPS) {
                if (!isZero(admin, group)) {
                    return false;
                }
            }
            return true;
        } catch (ExecutionException brokerIsAway) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isZero(Admin admin, String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return admin
                .listOffsets(committed.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .allMatch(end -> committed.get(end.getKey()) != null
                        && committed.get(end.getKey()).offset()
                                == end.getValue().offset());
    }
}
