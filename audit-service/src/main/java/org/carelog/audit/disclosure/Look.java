package org.carelog.audit.disclosure;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was noted, what the broker tells, and what follows from both. All in one order, so that of two who note it at the same
 * time one waits for the other. Pure.
 *
 * @param noted up to where it is in the log what groups were handed
 * @param committed where they go on from
 * @param earliest the first offsets that there are, of places that are not noted
 * @param begun which sessions are in the log
 * @param members of the groups
 */
record Look(
        Map<GroupPartition, Long> noted,
        Map<GroupPartition, Long> committed,
        Map<GroupPartition, Long> earliest,
        Set<Session> begun,
        List<Member> members) {
    private static final Comparator<GroupPartition> PLACES = Comparator.comparing(GroupPartition::group)
            .thenComparing(GroupPartition::topic)
            .thenComparing(GroupPartition::partition);
    private static final Comparator<Session> SESSIONS =
            Comparator.comparing(Session::group).thenComparing(Session::session).thenComparing(Session::topic);

    boolean isNews() {
        return !(moved().isEmpty() && gone().isEmpty() && fresh().isEmpty() && ended().isEmpty());
    }

    /** Places that are not where they were. */
    List<GroupPartition> moved() {
        return committed.keySet().stream()
                .filter(where -> !committed.get(where).equals(noted.get(where)))
                .sorted(PLACES)
                .toList();
    }

    /** What was handed to a group that has moved; nothing, when it begins where the partition does. */
    Optional<Disclosure> disclosure(GroupPartition where) {
        long to = committed.get(where);
        return noted.containsKey(where)
                ? Disclosure.between(noted.get(where), to)
                : Disclosure.firstSeen(earliest.get(where), to);
    }

    /** Places that are none any more. */
    List<GroupPartition> gone() {
        return noted.keySet().stream()
                .filter(where -> !committed.containsKey(where))
                .sorted(PLACES)
                .toList();
    }

    /** Who reads there now. */
    Member member(GroupPartition where) {
        return members.stream()
                .filter(member -> member.partitions().contains(where))
                .findFirst()
                .orElseGet(() -> Member.unknown(where.group()));
    }

    /** By the sessions that are not in the log. */
    Map<Session, Member> fresh() {
        return members.stream()
                .flatMap(member -> member.sessions().map(session -> Map.entry(session, member)))
                .filter(one -> !begun.contains(one.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, () -> new TreeMap<>(SESSIONS)));
    }

    /** Those whose member is none any more. */
    List<Session> ended() {
        Set<String> there = members.stream().map(Member::session).collect(Collectors.toSet());
        return begun.stream()
                .filter(session -> !there.contains(session.session()))
                .sorted(SESSIONS)
                .toList();
    }
}
