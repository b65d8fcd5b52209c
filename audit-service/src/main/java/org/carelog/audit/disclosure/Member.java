package org.carelog.audit.disclosure;

import java.util.Set;
import java.util.stream.Stream;

/**
 * A session of a member of a group, as the broker lists it.
 *
 * @param group as {@link GroupPartition} has it
 * @param session the member's id, made anew each time it joins
 * @param clientId as the client calls itself
 * @param address where it comes from
 * @param partitions what it reads now; while the group shares out anew, none
 */
record Member(String group, String session, String clientId, String address, Set<GroupPartition> partitions) {
    /** One of each topic that it reads. */
    Stream<Session> sessions() {
        return partitions.stream()
                .map(where -> new Session(group, session, where.topic()))
                .distinct();
    }

    /** Somebody who is not there any more, or takes partitions without the group's help. */
    static Member unknown(String group) {
        return new Member(group, "", "", "", Set.of());
    }
}
