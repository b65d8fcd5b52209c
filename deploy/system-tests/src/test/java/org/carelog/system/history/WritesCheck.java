package org.carelog.system.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;

/** Every acknowledged write is a version, with what was sent; and there is no other version but of writes left open. */
final class WritesCheck {
    private final List<Attempt> attempts;
    private final Store owner;
    private final Findings findings = new Findings();

    private WritesCheck(List<Attempt> attempts, Store owner) {
        this.attempts = attempts;
        this.owner = owner;
    }

    static Findings of(List<Attempt> attempts, Store owner) {
        WritesCheck check = new WritesCheck(attempts, owner);
        check.acknowledged();
        check.contents();
        check.deletions();
        check.numbers();
        check.refusals();
        return check.findings;
    }

    private void acknowledged() {
        Map<Version, StoredVersion> stored = owner.byVersion();
        Map<Version, Attempt> taken = new HashMap<>();
        for (Attempt attempt : writes()) {
            for (Version version : attempt.isAcknowledged() ? attempt.shown() : List.<Version>of()) {
                Attempt other = taken.putIfAbsent(version, attempt);
                findings.add(other != null, Rule.SHARED_VERSION, version + " of " + attempt.requestId());
                if (stored.containsKey(version)) {
                    compare(attempt, stored.get(version));
                } else {
                    findings.add(Rule.LOST_WRITE, version + " of " + attempt.requestId());
                }
            }
        }
    }

    private void compare(Attempt attempt, StoredVersion stored) {
        Version version = stored.version();
        findings.add(
                condition(attempt.asked()).orElse(version.number() - 1) != version.number() - 1,
                Rule.CONDITION_IGNORED,
                version + " of " + attempt.requestId());
        boolean same = switch (attempt.asked()) {
            case Asked.Put put -> put.content().equals(Content.of(stored.content())) && answered(attempt, stored);
            case Asked.Delete d -> stored.isDeletion();
            default -> true;
        };
        findings.add(!same, Rule.WRONG_CONTENT, version + " of " + attempt.requestId());
    }

    private static boolean answered(Attempt attempt, StoredVersion stored) {
        return !(attempt.ending() instanceof Ending.Answered(int s, List<Version> v, String body))
                || body == null
                || body.equals(Content.digest(stored.content()));
    }

    private static OptionalLong condition(Asked asked) {
        return switch (asked) {
            case Asked.Update update -> update.ifMatch();
            case Asked.Delete delete -> delete.ifMatch();
            default -> OptionalLong.empty();
        };
    }

    /** Every version with content is that of a request which may have been done, and of it alone. */
    private void contents() {
        Map<String, Attempt> byMarker = new HashMap<>();
        for (Attempt attempt : writes()) {
            if (attempt.asked() instanceof Asked.Put put) {
                byMarker.put(put.marker(), attempt);
            }
        }
        Map<String, Version> seen = new HashMap<>();
        for (StoredVersion stored : owner.versions()) {
            if (stored.isDeletion()) {
                continue;
            }
            String marker = Content.marker(stored.content()).orElse("");
            Attempt attempt = byMarker.get(marker);
            if (attempt == null || attempt.isRefused() || !mayBe(attempt, stored)) {
                findings.add(Rule.INVENTED_VERSION, stored.version() + " of request '" + marker + "'");
            }
            Version other = seen.putIfAbsent(marker, stored.version());
            findings.add(other != null, Rule.WRITTEN_TWICE, stored.version() + " and " + other);
        }
    }

    private static boolean mayBe(Attempt attempt, StoredVersion stored) {
        return switch (attempt.asked()) {
            case Asked.Update update ->
                update.resource().equals(stored.version().resource())
                        && update.content().equals(Content.of(stored.content()))
                        && update.ifMatch().orElse(stored.version().number() - 1)
                                == stored.version().number() - 1;
            case Asked.Create create ->
                stored.version().number() == 1 && create.content().equals(Content.of(stored.content()));
            default -> false;
        };
    }

    /** A deletion says nothing of its request: there must be at least as many that may have been done. */
    private void deletions() {
        Map<Reference, Integer> open = new HashMap<>();
        Map<Version, Attempt> acknowledged = new HashMap<>();
        for (Attempt attempt : writes()) {
            if (attempt.asked() instanceof Asked.Delete delete) {
                attempt.shown().forEach(version -> acknowledged.put(version, attempt));
                open.merge(delete.resource(), attempt.isOpen() ? 1 : 0, Integer::sum);
            }
        }
        for (StoredVersion stored : owner.versions()) {
            if (stored.isDeletion() && !acknowledged.containsKey(stored.version())) {
                int left = open.merge(stored.version().resource(), -1, Integer::sum);
                findings.add(left < 0, Rule.INVENTED_VERSION, stored.version() + ", a deletion");
            }
        }
    }

    private void numbers() {
        Map<Reference, Head> heads = owner.headsByResource();
        owner.byResource().forEach((resource, versions) -> {
            Head head = heads.remove(resource);
            findings.add(!dense(versions), Rule.VERSION_HOLE, resource + " has " + versions.keySet());
            StoredVersion last = versions.lastEntry().getValue();
            boolean right = head != null
                    && head.version().equals(last.version())
                    && head.deleted() == last.isDeletion()
                    && head.lastUpdated().equals(last.lastUpdated());
            findings.add(!right, Rule.WRONG_HEAD, resource + " ends with " + last + ", the head is " + head);
        });
        heads.keySet().forEach(resource -> findings.add(Rule.WRONG_HEAD, resource + " has no versions"));
        VersionOrder.check(writes(), findings);
    }

    private static boolean dense(NavigableMap<Long, StoredVersion> versions) {
        StoredVersion before = null;
        for (StoredVersion version : versions.values()) {
            long expected = before == null ? 1 : before.version().number() + 1;
            if (version.version().number() != expected
                    || (before != null && !version.lastUpdated().isAfter(before.lastUpdated()))) {
                return false;
            }
            before = version;
        }
        return true;
    }

    private void refusals() {
        for (Attempt attempt : attempts) {
            if (attempt.asked() instanceof Asked.Forbidden(String method, int status)
                    && attempt.ending() instanceof Ending.Answered answered
                    && answered.status() < 500) {
                findings.add(
                        answered.status() != status,
                        Rule.NOT_REFUSED,
                        attempt.requestId() + " with " + answered.status() + " instead of " + status);
            }
        }
    }

    private List<Attempt> writes() {
        return attempts.stream()
                .filter(attempt -> attempt.asked() instanceof Asked.Write
                        && attempt.service().equals(owner.service()))
                .toList();
    }
}
