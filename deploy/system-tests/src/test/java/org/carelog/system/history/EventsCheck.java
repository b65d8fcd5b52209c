package org.carelog.system.history;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The events of a topic are the versions of its owner, each once after the repetitions are left out. */
final class EventsCheck {
    private final Topic topic;
    private final Map<Version, StoredVersion> versions;
    private final Findings findings = new Findings();

    private EventsCheck(Topic topic, Store owner) {
        this.topic = topic;
        this.versions = owner.byVersion();
    }

    static Findings of(Topic topic, Store owner) {
        EventsCheck check = new EventsCheck(topic, owner);
        check.repetitions();
        check.match();
        return check.findings;
    }

    private void repetitions() {
        Map<String, Event> first = new HashMap<>();
        for (Event event : topic.events()) {
            Event other = first.putIfAbsent(event.header("ce_id"), event);
            boolean same = other == null
                    || (other.headers().equals(event.headers())
                            && Objects.equals(other.key(), event.key())
                            && Arrays.equals(other.value(), event.value()));
            findings.add(!same, Rule.CHANGED_EVENT, event + " is not " + other + ", with the same ce_id");
        }
    }

    private void match() {
        Set<Version> told = new HashSet<>();
        for (Event event : topic.firstDeliveries()) {
            StoredVersion version = versions.get(event.version());
            if (version == null) {
                findings.add(Rule.INVENTED_EVENT, event.toString());
                continue;
            }
            findings.add(!told.add(event.version()), Rule.CHANGED_EVENT, event + " is a second one of its version");
            findings.add(
                    !tells(event, version) || !event.header("ce_partitionkey").equals(event.key()),
                    Rule.CHANGED_EVENT,
                    event + " is not what " + version + " is");
        }
        versions.keySet().stream()
                .filter(version -> !told.contains(version))
                .forEach(version -> findings.add(Rule.LOST_EVENT, version.toString()));
    }

    /** Whether it says of the version what is so; of a state topic, where the key is another, too. */
    static boolean tells(Event event, StoredVersion version) {
        String type = "org.carelog.fhir.r4.%s.%s.v1"
                .formatted(version.version().resource().type(), version.change());
        return event.header("ce_specversion").equals("1.0")
                && event.header("ce_type").equals(type)
                && event.header("content-type").equals("application/fhir+json")
                && Instant.parse(event.header("ce_time")).equals(version.lastUpdated())
                && Arrays.equals(event.value(), version.content());
    }

    /** Event ids are the versions' alone, so two topics share none. */
    static Findings distinct(List<Topic> topics) {
        Findings findings = new Findings();
        Map<String, String> seen = new HashMap<>();
        for (Topic topic : topics) {
            for (Event event : topic.firstDeliveries()) {
                String other = seen.putIfAbsent(event.header("ce_id"), topic.name());
                findings.add(other != null, Rule.CHANGED_EVENT, event + " has the ce_id of an event of " + other);
            }
        }
        return findings;
    }
}
