package org.carelog.system.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads and searches show the truth, at the owner the newest, at a copy never less than before. */
final class ReadsCheck {
    private final List<Attempt> attempts;
    private final Store owner;
    private final Map<Version, StoredVersion> stored;
    private final Map<Reference, List<Attempt>> writes;
    private final Findings findings = new Findings();

    private ReadsCheck(List<Attempt> attempts, Store owner) {
        this.attempts = attempts;
        this.owner = owner;
        this.stored = owner.byVersion();
        this.writes = writes(attempts);
    }

    static Findings of(List<Attempt> attempts, Store owner) {
        ReadsCheck check = new ReadsCheck(attempts, owner);
        check.contents();
        check.freshness();
        check.copies();
        return check.findings;
    }

    private boolean isRead(Attempt attempt) {
        return attempt.asked() instanceof Asked.Read(Reference resource)
                && resource.type().equals(owner.type());
    }

    private void contents() {
        for (Attempt attempt : attempts) {
            if (isRead(attempt)
                    && attempt.ending() instanceof Ending.Answered(int s, List<Version> shown, String body)) {
                for (Version version : shown) {
                    StoredVersion truth = stored.get(version);
                    findings.add(
                            truth == null
                                    || truth.isDeletion()
                                    || !Content.digest(truth.content()).equals(body),
                            Rule.WRONG_READ,
                            version + " as read by " + attempt.requestId());
                }
            }
        }
    }

    /** What is shown at the owner is not older than anything acknowledged before it was asked for. */
    private void freshness() {
        Map<Reference, NavigableMap<Long, Long>> acknowledged = acknowledged();
        Map<Reference, NavigableMap<Long, StoredVersion>> history = owner.byResource();
        for (Attempt attempt : attempts) {
            if (!attempt.service().equals(owner.service())) {
                continue;
            }
            if (isRead(attempt) && said(attempt, 200, 304, 404, 410)) {
                Reference resource = ((Asked.Read) attempt.asked()).resource();
                long least = before(acknowledged.get(resource), attempt.sent());
                long seen = attempt.shown().isEmpty()
                        ? lastDeletion(history.get(resource))
                        : attempt.shown().getFirst().number();
                findings.add(
                        least > seen,
                        Rule.STALE_READ,
                        "%s of %s shows %d, acknowledged was %d".formatted(attempt.requestId(), resource, seen, least));
            } else if (attempt.asked() instanceof Asked.Find(Version wanted) && said(attempt, 200)) {
                findings.add(
                        !attempt.shown().contains(wanted) && !mayBeReplaced(wanted, attempt.ended()),
                        Rule.STALE_READ,
                        "%s did not find %s".formatted(attempt.requestId(), wanted));
            }
        }
    }

    private static boolean said(Attempt attempt, Integer... statuses) {
        return attempt.ending() instanceof Ending.Answered(int status, List<Version> shown, String body)
                && List.of(statuses).contains(status);
    }

    /** Whether a write that may have made a later version had been sent by then. */
    private boolean mayBeReplaced(Version version, long until) {
        return writes.getOrDefault(version.resource(), List.of()).stream()
                .anyMatch(write -> write.sent() < until
                        && !write.isRefused()
                        && write.shown().stream().noneMatch(shown -> shown.number() <= version.number()));
    }

    private static Map<Reference, List<Attempt>> writes(List<Attempt> attempts) {
        Map<Reference, List<Attempt>> all = new HashMap<>();
        for (Attempt attempt : attempts) {
            Reference resource = switch (attempt.asked()) {
                case Asked.Update update -> update.resource();
                case Asked.Delete delete -> delete.resource();
                default -> null;
            };
            if (resource != null) {
                all.computeIfAbsent(resource, r -> new ArrayList<>()).add(attempt);
            }
        }
        return all;
    }

    /** For each resource: when it was acknowledged, and the highest version that was until then. */
    private Map<Reference, NavigableMap<Long, Long>> acknowledged() {
        Map<Reference, NavigableMap<Long, Long>> all = new HashMap<>();
        attempts.stream()
                .filter(attempt -> attempt.asked() instanceof Asked.Write && attempt.isAcknowledged())
                .sorted(Comparator.comparingLong(Attempt::ended))
                .forEach(attempt -> attempt.shown().forEach(version -> {
                    NavigableMap<Long, Long> times = all.computeIfAbsent(version.resource(), r -> new TreeMap<>());
                    times.put(attempt.ended(), Math.max(version.number(), before(times, attempt.ended())));
                }));
        return all;
    }

    private static long before(NavigableMap<Long, Long> times, long sent) {
        Map.Entry<Long, Long> last = times == null ? null : times.lowerEntry(sent);
        return last == null ? 0 : last.getValue();
    }

    /** What an answer without a version may have seen at most. */
    private static long lastDeletion(NavigableMap<Long, StoredVersion> history) {
        return history == null
                ? 0
                : history.descendingMap().values().stream()
                        .filter(StoredVersion::isDeletion)
                        .mapToLong(version -> version.version().number())
                        .findFirst()
                        .orElse(0);
    }

    private void copies() {
        Map<String, List<Attempt>> byCopy = new HashMap<>();
        for (Attempt attempt : attempts) {
            if (isRead(attempt)
                    && !attempt.service().equals(owner.service())
                    && !attempt.shown().isEmpty()) {
                byCopy.computeIfAbsent(
                                attempt.service() + " " + ((Asked.Read) attempt.asked()).resource(),
                                key -> new ArrayList<>())
                        .add(attempt);
            }
        }
        byCopy.forEach(this::neverBack);
    }

    /** By what was seen, the latest that any less was asked for: nobody may have seen more before that. */
    private void neverBack(String copy, List<Attempt> reads) {
        TreeMap<Long, List<Attempt>> bySeen = new TreeMap<>();
        reads.forEach(read -> bySeen.computeIfAbsent(read.shown().getFirst().number(), seen -> new ArrayList<>())
                .add(read));
        long latest = Long.MIN_VALUE;
        for (Map.Entry<Long, List<Attempt>> group : bySeen.entrySet()) {
            for (Attempt read : group.getValue()) {
                findings.add(
                        read.ended() < latest,
                        Rule.PROJECTION_WENT_BACK,
                        copy + " was at version " + group.getKey() + ", and then at a lower one");
            }
            latest = Math.max(
                    latest,
                    group.getValue().stream().mapToLong(Attempt::sent).max().orElseThrow());
        }
    }
}
