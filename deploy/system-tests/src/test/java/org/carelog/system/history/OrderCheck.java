package org.carelog.system.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The order of first deliveries: versions of a resource, and changes of a patient as their writers saw them. */
final class OrderCheck {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Topic topic;
    private final Map<Version, StoredVersion> versions;
    private final Map<Version, Attempt> attempts = new HashMap<>();
    private final Findings findings = new Findings();

    private OrderCheck(List<Attempt> attempts, Topic topic, Store owner) {
        this.topic = topic;
        this.versions = owner.byVersion();
        attempts.stream()
                .filter(attempt -> attempt.asked() instanceof Asked.Write && attempt.isAcknowledged())
                .forEach(attempt -> attempt.shown().forEach(version -> this.attempts.put(version, attempt)));
    }

    static Findings of(List<Attempt> attempts, Topic topic, Store owner) {
        OrderCheck check = new OrderCheck(attempts, topic, owner);
        check.keys();
        check.resources();
        check.patients();
        return check.findings;
    }

    private void keys() {
        Map<String, Integer> partitions = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        for (Event event : topic.events()) {
            String key = event.key() == null ? "" : event.key();
            findings.add(!UUID.matcher(key).matches(), Rule.WRONG_KEY, event + " has the key '" + key + "'");
            Integer partition = partitions.putIfAbsent(key, event.partition());
            findings.add(
                    partition != null && partition != event.partition(),
                    Rule.WRONG_KEY,
                    event + " is not in partition " + partition);
            StoredVersion version = versions.get(event.version());
            String patient = version == null || version.patient() == null
                    ? event.version().resource().toString()
                    : version.patient();
            String other = keys.putIfAbsent(patient, key);
            boolean another = other != null && !other.equals(key);
            boolean notThePatient = UUID.matcher(patient).matches() && !patient.equals(key);
            findings.add(another || notThePatient, Rule.WRONG_KEY, event + " has not the key of its patient");
        }
        findings.add(
                new HashSet<>(keys.values()).size() < keys.size(), Rule.WRONG_KEY, "two patients have the same key");
    }

    /** By the time of sending, since a resource that moves to another patient changes the partition. */
    private void resources() {
        Map<Reference, Event> last = new HashMap<>();
        Set<Reference> wrong = new HashSet<>();
        topic.firstDeliveries().stream().sorted(OrderCheck::bySending).forEach(event -> {
            Event before = last.put(event.version().resource(), event);
            long expected = before == null ? 1 : before.version().number() + 1;
            if (event.version().number() != expected
                    && wrong.add(event.version().resource())) {
                findings.add(Rule.EVENTS_REORDERED, event + " came where version " + expected + " was due");
            }
        });
    }

    /** In one partition the offset decides; between partitions all that can be compared is the time. */
    private static int bySending(Event one, Event other) {
        int byTime = Long.compare(one.timestamp(), other.timestamp());
        int byVersion = Long.compare(one.version().number(), other.version().number());
        return byTime != 0 ? byTime : byVersion;
    }

    /** By offset, the latest that any earlier one was sent: what was acknowledged before that had to come before. */
    private void patients() {
        Map<String, Attempt> latest = new HashMap<>();
        Map<Reference, Event> last = new HashMap<>();
        for (Event event : topic.firstDeliveries()) {
            Event before = last.put(event.version().resource(), event);
            findings.add(
                    before != null
                            && before.partition() == event.partition()
                            && before.version().number() > event.version().number(),
                    Rule.EVENTS_REORDERED,
                    event + " came behind " + before);
            Attempt attempt = attempts.get(event.version());
            if (attempt == null || event.key() == null) {
                continue;
            }
            Attempt earlier = latest.get(event.key());
            findings.add(
                    earlier != null && attempt.ended() < earlier.sent(),
                    Rule.EVENTS_REORDERED,
                    event + " was acknowledged before " + (earlier == null ? "" : earlier.shown())
                            + " was sent, and came behind it");
            if (earlier == null || attempt.sent() > earlier.sent()) {
                latest.put(event.key(), attempt);
            }
        }
    }
}
