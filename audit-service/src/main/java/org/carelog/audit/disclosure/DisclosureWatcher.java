package org.carelog.audit.disclosure;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.Journal;
import org.carelog.audit.watch.Watcher;

/**
 * Puts into the log which events were handed to consumer groups outside of Carelog, by the offsets that these commit, and who
 * their members are. A place and the entry that tells how it was reached are one transaction: ranges are dense, and none is
 * told twice.
 */
@Singleton
final class DisclosureWatcher extends Watcher {
    private final Groups groups;
    private final Places places;
    private final Sessions sessions;
    private final Journal journal;

    DisclosureWatcher(
            DisclosureConfig config,
            Groups groups,
            Places places,
            Sessions sessions,
            Journal journal,
            MeterRegistry registry) {
        super("disclosure", "carelog.disclosure.late", config.interval(), config.alarmAge(), registry);
        this.groups = groups;
        this.places = places;
        this.sessions = sessions;
        this.journal = journal;
    }

    @Override
    protected void look() throws ExecutionException, TimeoutException, InterruptedException {
        // first: who changes these meanwhile has seen the groups later than they are seen here
        Map<GroupPartition, Long> noted = places.all();
        Set<Session> begun = sessions.all();
        Map<GroupPartition, Long> committed = groups.committed(
                noted.keySet().stream().map(GroupPartition::group).collect(Collectors.toSet()));
        Map<GroupPartition, Long> earliest = groups.earliest(committed.keySet().stream()
                .filter(where -> !noted.containsKey(where))
                .toList());
        Look look = new Look(noted, committed, earliest, begun, groups.members());
        if (look.isNews()) {
            QuarkusTransaction.requiringNew().run(() -> note(look));
        }
    }

    private void note(Look look) {
        List<Access> entries = new ArrayList<>();
        look.fresh().forEach((session, member) -> {
            if (sessions.begin(session)) {
                entries.add(DisclosureEntry.of(session, member, groups.clientOf(session.group())));
            }
        });
        for (GroupPartition where : look.moved()) {
            if (move(where, look)) {
                look.disclosure(where)
                        .map(disclosure -> DisclosureEntry.of(
                                where, disclosure, look.member(where), groups.clientOf(where.group())))
                        .ifPresent(entries::add);
            }
        }
        look.gone().forEach(where -> places.forget(where, look.noted().get(where)));
        look.ended().forEach(sessions::end);
        journal.recordInTransaction(entries);
    }

    /** Unless another one has. */
    private boolean move(GroupPartition where, Look look) {
        long to = look.committed().get(where);
        Long from = look.noted().get(where);
        return from == null ? places.begin(where, to) : places.move(where, from, to);
    }

    @Override
    protected void discard() {
        groups.discard();
    }
}
