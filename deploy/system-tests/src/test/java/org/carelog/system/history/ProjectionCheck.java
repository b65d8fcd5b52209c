package org.carelog.system.history;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A copy is what its owner has: each version and each head. */
final class ProjectionCheck {
    private ProjectionCheck() {}

    static Findings of(Store owner, Store copy) {
        Findings findings = new Findings();
        versions(owner, copy, findings);
        heads(owner, copy, findings);
        for (Store store : List.of(owner, copy)) {
            store.leftOver().forEach(what -> findings.add(Rule.LEFT_OVER, store.service() + ": " + what));
        }
        return findings;
    }

    private static void versions(Store owner, Store copy, Findings findings) {
        Map<Version, StoredVersion> copied = copy.byVersion();
        owner.byVersion().forEach((version, original) -> {
            StoredVersion found = copied.remove(version);
            if (found == null) {
                findings.add(Rule.PROJECTION_LACKS, original + " at " + copy.service());
            } else {
                findings.add(!equal(original, found), Rule.PROJECTION_DIFFERS, found + " at " + copy.service());
            }
        });
        copied.values()
                .forEach(more -> findings.add(
                        Rule.PROJECTION_DIFFERS, more + " at " + copy.service() + " is of no version of the owner"));
    }

    private static boolean equal(StoredVersion original, StoredVersion found) {
        return original.change().equals(found.change())
                && original.lastUpdated().equals(found.lastUpdated())
                && Objects.equals(original.patient(), found.patient())
                && Arrays.equals(original.content(), found.content());
    }

    private static void heads(Store owner, Store copy, Findings findings) {
        Map<Reference, Head> copied = copy.headsByResource();
        owner.heads()
                .forEach(head -> findings.add(
                        !head.equals(copied.get(head.version().resource())),
                        Rule.PROJECTION_DIFFERS,
                        "%s, a head, is %s at %s"
                                .formatted(
                                        head.version(),
                                        copied.get(head.version().resource()),
                                        copy.service())));
    }
}
