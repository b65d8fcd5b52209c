package org.carelog.local.kafka;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a client of the realm may do on the broker. Who reads has every consumer group whose name begins with the client's;
 * who writes a topic has the transactions that are named as it is; who watches sees how far all groups are, whosever they are.
 *
 * @param client its id in the realm
 * @param reads what the names of the topics begin with that it reads
 * @param writes the same of those that it writes
 * @param watches the same of those of which it sees who reads them, and nothing that is in them
 */
public record Grant(String client, List<String> reads, List<String> writes, List<String> watches) {

    Grant(String client, List<String> reads, List<String> writes) {
        this(client, reads, writes, List.of());
    }

    private static final ResourcePattern EVERY_GROUP =
            new ResourcePattern(ResourceType.GROUP, ResourcePattern.WILDCARD_RESOURCE, PatternType.LITERAL);

    String principal() {
        return "User:" + client;
    }

    Stream<AclBinding> bindings() {
        return Stream.of(
                        reads.stream().map(topics -> may(AclOperation.READ, ResourceType.TOPIC, topics)),
                        reads.stream().limit(1).map(_ -> may(AclOperation.READ, ResourceType.GROUP, client)),
                        writes.stream().map(topics -> may(AclOperation.WRITE, ResourceType.TOPIC, topics)),
                        writes.stream().map(topics -> may(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, topics)),
                        watches.stream().map(topics -> may(AclOperation.DESCRIBE, ResourceType.TOPIC, topics)),
                        watches.stream().limit(1).map(_ -> may(AclOperation.DESCRIBE, EVERY_GROUP)))
                .flatMap(bindings -> bindings);
    }

    private AclBinding may(AclOperation operation, ResourceType type, String prefix) {
        return may(operation, new ResourcePattern(type, prefix, PatternType.PREFIXED));
    }

    private AclBinding may(AclOperation operation, ResourcePattern resources) {
        return new AclBinding(resources, new AccessControlEntry(principal(), "*", operation, AclPermissionType.ALLOW));
    }
}
