package org.carelog.audit.disclosure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.carelog.proof.Hash;

/** What the broker tells of the consumer groups that are not our own services'. For one thread. */
@Singleton
final class Groups {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    /** Groups, and clients, may have any name; one that is no short line of text is kept as its digest. */
    private static final String NAME = "\\P{C}{1,200}";

    private final DisclosureConfig config;
    private final Map<String, Object> settings;
    private Admin admin;

    /** The names that groups really have, by those by which they are kept. */
    private Map<String, String> names = Map.of();

    Groups(DisclosureConfig config, @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.config = config;
        this.settings = new HashMap<>(broker);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "audit-service-disclosure");
    }

    /**
     * The offsets that groups go on from.
     *
     * @param known groups that are asked for even if the broker does not list them: while a part of it is away it lists fewer
     */
    Map<GroupPartition, Long> committed(Set<String> known)
            throws ExecutionException, TimeoutException, InterruptedException {
        names = known.stream().collect(Collectors.toMap(name -> name, name -> name));
        for (GroupListing group :
                get(admin().listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
            if (config.ownGroups().stream().noneMatch(group.groupId()::startsWith)) {
                names.put(kept(group.groupId()), group.groupId());
            }
        }
        if (names.isEmpty()) {
            return Map.of();
        }
        var answers = admin().listConsumerGroupOffsets(names.values().stream()
                .collect(Collectors.toMap(name -> name, name -> new ListConsumerGroupOffsetsSpec())));
        Map<GroupPartition, Long> committed = new HashMap<>();
        for (Map.Entry<String, String> name : names.entrySet()) {
            getUnless(GroupIdNotFoundException.class, answers.partitionsToOffsetAndMetadata(name.getValue()), Map.of())
                    .forEach((partition, place) -> {
                        if (place != null) {
                            committed.put(where(name.getKey(), partition), place.offset());
                        }
                    });
        }
        return committed;
    }

    static String kept(String name) {
        return name.matches(NAME) ? name : "sha256:" + Hash.leaf(name.getBytes(UTF_8));
    }

    /** The first offsets that there are; of a topic that is gone, 0. */
    Map<GroupPartition, Long> earliest(Collection<GroupPartition> places)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (places.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> asked = places.stream()
                .map(Groups::partition)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.earliest()));
        ListOffsetsResult answers = admin().listOffsets(asked);
        Map<GroupPartition, Long> earliest = new HashMap<>();
        for (GroupPartition place : places) {
            KafkaFuture<Long> offset = answers.partitionResult(partition(place)).thenApply(found -> found.offset());
            earliest.put(place, getUnless(UnknownTopicOrPartitionException.class, offset, 0L));
        }
        return earliest;
    }

    /** Who belongs now to the groups that were asked for last. */
    List<Member> members() throws ExecutionException, TimeoutException, InterruptedException {
        List<Member> members = new ArrayList<>();
        var answers = admin().describeConsumerGroups(names.values()).describedGroups();
        for (Map.Entry<String, String> name : names.entrySet()) {
            KafkaFuture<Collection<MemberDescription>> described =
                    answers.get(name.getValue()).thenApply(group -> group.members());
            getUnless(GroupIdNotFoundException.class, described, List.of())
                    .forEach(member -> members.add(member(name.getKey(), member)));
        }
        return members;
    }

    private static Member member(String group, MemberDescription described) {
        return new Member(
                group,
                kept(text(described.consumerId())),
                text(described.clientId()),
                text(described.host()).replaceFirst("^/", ""),
                described.assignment().topicPartitions().stream()
                        .map(partition -> where(group, partition))
                        .collect(Collectors.toSet()));
    }

    /** Whatever a client calls itself, in a line. */
    private static String text(String told) {
        return told.replaceAll("\\p{C}", "?");
    }

    /** The client of the realm that may have a group of this name; if it is not known, the group itself. */
    String clientOf(String group) {
        List<String> clients = new ArrayList<>(config.clients());
        clients.sort((one, other) -> other.length() - one.length());
        return clients.stream().filter(group::startsWith).findFirst().orElse(group);
    }

    private static GroupPartition where(String group, TopicPartition partition) {
        return new GroupPartition(group, partition.topic(), partition.partition());
    }

    private static TopicPartition partition(GroupPartition place) {
        return new TopicPartition(place.topic(), place.partition());
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** @param otherwise what is meant when the broker answers by this error */
    private static <T> T getUnless(Class<? extends Exception> error, KafkaFuture<T> future, T otherwise)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return get(future);
        } catch (ExecutionException e) {
            if (error.isInstance(e.getCause())) {
                return otherwise;
            }
            throw e;
        }
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    void discard() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
