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
 * who writes a topic has the transactions that are named as it is.
 *
 * @param client its id in the realm
 * @param reads what the names of the topics begin with that it reads
 * @param writes the same of those that it writes
 */
public record Grant(String client, List<String> reads, List<String> writes) {

    String principal() {
        return "User:" + client;
    }

    Stream<AclBinding> bindings() {
        return Stream.of(
                        reads.stream().map(topics -> may(AclOperation.READ, ResourceType.TOPIC, topics)),
                        reads.stream().limit(1).map(_ -> may(AclOperation.READ, ResourceType.GROUP, client)),
                        writes.stream().map(topics -> may(AclOperation.WRITE, ResourceType.TOPIC, topics)),
                        writes.stream().map(topics -> may(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, topics)))
                .flatMap(bindings -> bindings);
    }

    private AclBinding may(AclOperation operation, ResourceType type, String prefix) {
        return new AclBinding(
                new ResourcePattern(type, prefix, PatternType.PREFIXED),
                new AccessControlEntry(principal(), "*", operation, AclPermissionType.ALLOW));
    }
}
