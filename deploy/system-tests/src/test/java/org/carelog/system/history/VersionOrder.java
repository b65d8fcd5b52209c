package org.carelog.system.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The versions of a resource in the order of real time: acknowledged before the next was sent, so lower. */
final class VersionOrder {
    private VersionOrder() {}

    private record Done(Version version, long sent, long ended) {}

    static void check(List<Attempt> writes, Findings findings) {
        Map<Reference, List<Done>> byResource = new HashMap<>();
        for (Attempt attempt : writes) {
            if (attempt.isAcknowledged()) {
                for (Version version : attempt.shown()) {
                    byResource
                            .computeIfAbsent(version.resource(), r -> new ArrayList<>())
                            .add(new Done(version, attempt.sent(), attempt.ended()));
                }
            }
        }
        byResource.values().forEach(done -> compare(done, findings));
    }

    /** By version, the latest that any lower one was sent: no higher one may have ended before that. */
    private static void compare(List<Done> done, Findings findings) {
        done.sort(Comparator.comparingLong(each -> each.version().number()));
        Done latest = null;
        for (Done each : done) {
            findings.add(
                    latest != null && each.ended() - latest.sent() < 0,
                    Rule.VERSIONS_REORDERED,
                    each.version() + " was acknowledged before " + latest + " was sent");
            if (latest == null || each.sent() - latest.sent() > 0) {
                latest = each;
            }
        }
    }
}
