package org.carelog.audit.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carelog.audit.journal.Journal;
import org.carelog.audit.watch.Watcher;

/**
 * Puts into the log what Keycloak tells of users and of its administration: each event once, by its id. An event has the time
 * when it happened, and can be seen when Keycloak has committed it: so what is not long ago is read again each time.
 */
@Singleton
final class IdentityWatcher extends Watcher {
    private static final int PAGE = 200;

    private final RealmAdmin realm;
    private final SeenEvents seen;
    private final Journal journal;
    private final Duration overlap;

    IdentityWatcher(IdentityConfig config, RealmAdmin realm, SeenEvents seen, Journal journal, MeterRegistry registry) {
        super("identity", "carelog.identity.late", config.interval(), config.alarmAge(), registry);
        this.realm = realm;
        this.seen = seen;
        this.journal = journal;
        this.overlap = config.overlap();
    }

    @Override
    protected void look() throws IOException, InterruptedException {
        for (EventKind kind : EventKind.values()) {
            look(kind);
        }
    }

    private void look(EventKind kind) throws IOException, InterruptedException {
        Instant place = seen.place(kind);
        Instant since = before(place);
        List<JsonNode> page;
        int read = 0;
        do {
            page = realm.events(kind, since, read, PAGE);
            read += page.size();
            Set<String> known = seen.known(kind, ids(page));
            List<JsonNode> fresh = page.stream()
                    .filter(event -> !known.contains(RealmEvent.id(event)))
                    .toList();
            if (!fresh.isEmpty()) {
                Instant from = place;
                Instant to = fresh.stream().map(RealmEvent::at).reduce(from, IdentityWatcher::later);
                if (!QuarkusTransaction.requiringNew().call(() -> take(kind, fresh, from, to))) {
                    // another instance is at it
                    return;
                }
                place = to;
            }
        } while (page.size() == PAGE);
    }

    private boolean take(EventKind kind, List<JsonNode> events, Instant from, Instant to) {
        if (!seen.move(kind, from, to)) {
            return false;
        }
        Set<String> added = seen.add(kind, ids(events), times(events));
        journal.recordInTransaction(events.stream()
                .filter(event -> added.contains(RealmEvent.id(event)))
                .map(kind::access)
                .toList());
        seen.forget(kind, before(to));
        return true;
    }

    private static String[] ids(List<JsonNode> events) {
        return events.stream().map(RealmEvent::id).toArray(String[]::new);
    }

    private static Instant[] times(List<JsonNode> events) {
        return events.stream().map(RealmEvent::at).toArray(Instant[]::new);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Instant before(Instant place) {
        return later(Instant.EPOCH, place.minus(overlap));
    }
}
