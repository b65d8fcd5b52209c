package org.carelog.system.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A system that does everything right, in memory: it keeps, for each request, what stores, topics, journals and ledger
 * of the real one would have afterwards. Tests then take something away.
 */
final class WellBehaved {
    static final String PREFIX = "test-";
    static final String PATIENT_SERVICE = "patient-service";
    static final String ENCOUNTER_SERVICE = "encounter-service";

    final List<Attempt> attempts = new ArrayList<>();
    final Map<String, List<StoredVersion>> versions = new LinkedHashMap<>();
    final Map<String, List<StoredVersion>> copies = new LinkedHashMap<>();
    final Map<String, List<Event>> events = new LinkedHashMap<>();
    final Map<String, List<Event>> states = new LinkedHashMap<>();
    final List<Parked> parked = new ArrayList<>();
    final List<Poison> poison = new ArrayList<>();
    final Map<String, List<Journal.Entry>> entries = new LinkedHashMap<>();
    final Map<String, List<Journal.Seal>> seals = new LinkedHashMap<>();
    final List<Ledger.Row> ledger = new ArrayList<>();
    final List<String> alarms = new ArrayList<>();
    final List<String> leftOver = new ArrayList<>();
    final Map<String, Integer> shown = new HashMap<>();
    private long now = 1_000;

    static String owner(String type) {
        return type.equals("Patient") ? PATIENT_SERVICE : ENCOUNTER_SERVICE;
    }

    Version create(Reference resource, String patient) {
        byte[] sent = json(resource, 1, "m" + attempts.size());
        Version version = write(
                resource,
                "created",
                patient,
                sent,
                new Asked.Create(resource.type(), "m" + attempts.size(), Content.of(sent)),
                201);
        return version;
    }

    Version update(Reference resource, String patient, OptionalLong ifMatch) {
        byte[] sent = json(resource, next(resource), "m" + attempts.size());
        return write(
                resource,
                "updated",
                patient,
                sent,
                new Asked.Update(resource, ifMatch, "m" + attempts.size(), Content.of(sent)),
                200);
    }

    Version delete(Reference resource, String patient) {
        return write(
                resource,
                "deleted",
                patient,
                json(resource, next(resource), null),
                new Asked.Delete(resource, OptionalLong.empty()),
                204);
    }

    void read(Version version) {
        byte[] content = stored(version).content();
        answered(
                owner(version.resource().type()),
                new Asked.Read(version.resource()),
                new Ending.Answered(200, List.of(version), Content.digest(content)));
    }

    /** At the service that keeps a copy. */
    void readCopy(Version version) {
        byte[] content = stored(version).content();
        answered(
                version.resource().type().equals("Patient") ? ENCOUNTER_SERVICE : PATIENT_SERVICE,
                new Asked.Read(version.resource()),
                new Ending.Answered(200, List.of(version), Content.digest(content)));
    }

    void gone(Reference resource) {
        answered(owner(resource.type()), new Asked.Read(resource), new Ending.Answered(410, List.of(), null));
    }

    void find(Version version, boolean found) {
        answered(
                owner(version.resource().type()),
                new Asked.Find(version),
                new Ending.Answered(200, found ? List.of(version) : List.of(), null));
    }

    void refused(Asked asked, int status) {
        answered(PATIENT_SERVICE, asked, new Ending.Answered(status, List.of(), null));
    }

    /** Written, but the client never heard. */
    Version unheard(Reference resource, String patient) {
        Version version = update(resource, patient, OptionalLong.empty());
        Attempt heard = attempts.removeLast();
        attempts.add(new Attempt(
                heard.requestId(),
                heard.user(),
                heard.service(),
                heard.asked(),
                heard.sent(),
                heard.ended(),
                new Ending.Unanswered("connection reset")));
        return version;
    }

    private Version write(Reference resource, String change, String patient, byte[] content, Asked asked, int status) {
        Version version = resource.version(next(resource));
        Instant at = Instant.ofEpochMilli(now);
        String type = resource.type();
        StoredVersion stored = new StoredVersion(version, change, at, patient, content);
        versions.computeIfAbsent(type, t -> new ArrayList<>()).add(stored);
        copies.computeIfAbsent(type, t -> new ArrayList<>()).add(stored);
        List<Event> topic = events.computeIfAbsent(type, t -> new ArrayList<>());
        topic.add(event(stored, topic.size(), patient));
        List<Event> state = states.computeIfAbsent(type, t -> new ArrayList<>());
        state.add(event(stored, state.size(), "key of " + resource));
        String body = change.equals("deleted") ? null : Content.digest(content);
        answered(owner(type), asked, new Ending.Answered(status, List.of(version), body));
        return version;
    }

    private Event event(StoredVersion stored, long offset, String key) {
        Version version = stored.version();
        Map<String, String> headers = new HashMap<>(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "event of " + version,
                "ce_type",
                        "org.carelog.fhir.r4.%s.%s.v1"
                                .formatted(version.resource().type(), stored.change()),
                "ce_subject", version.resource().toString(),
                "ce_time", stored.lastUpdated().toString(),
                "ce_sequence", Long.toString(version.number()),
                "ce_partitionkey", stored.patient(),
                "content-type", "application/fhir+json"));
        return new Event(0, offset, now, key, headers, stored.content());
    }

    private void answered(String service, Asked asked, Ending.Answered answer) {
        String id = PREFIX + attempts.size();
        attempts.add(new Attempt(id, "clinician", service, asked, now, now + 10, answer));
        now += 20;
        record(service, id, asked, answer);
    }

    private void record(String service, String id, Asked asked, Ending.Answered answer) {
        StringBuilder entities = new StringBuilder();
        answer.shown()
                .forEach(version -> entities.append(entities.isEmpty() ? "" : ",")
                        .append("{\"type\":\"%s\",\"id\":\"%s\",\"version\":%d}"
                                .formatted(
                                        version.resource().type(),
                                        version.resource().id(),
                                        version.number())));
        byte[] bytes = Content.utf8("""
                {"requestId":"%s","method":"%s","status":%d,"agent":{"name":"clinician"},"entities":[%s]}""".formatted(id, asked.method(), answer.status(), entities));
        List<Journal.Entry> journal = entries.computeIfAbsent(service, s -> new ArrayList<>());
        // The order of the numbers is not that of the seals.
        long no = 1000L - journal.size();
        journal.add(new Journal.Entry(no, bytes));
        seal(service, no, bytes);
        shown.merge(id, 1, Integer::sum);
    }

    private void seal(String service, long no, byte[] bytes) {
        List<Journal.Seal> sealed = seals.computeIfAbsent(service, s -> new ArrayList<>());
        long seq = sealed.size() + 1L;
        byte[] previous = sealed.isEmpty()
                ? Content.sha256().digest(Content.utf8("carelog.access.recorded.v1/" + service))
                : sealed.getLast().hash();
        var sha256 = Content.sha256();
        sha256.update(previous);
        for (int shift = 56; shift >= 0; shift -= 8) {
            sha256.update((byte) (seq >> shift));
        }
        byte[] hash = sha256.digest(bytes);
        sealed.add(new Journal.Seal(seq, List.of(no), previous, hash));
        ledger.add(new Ledger.Row(service, seq, bytes, previous, hash));
    }

    StoredVersion stored(Version version) {
        return versions.get(version.resource().type()).stream()
                .filter(stored -> stored.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private long next(Reference resource) {
        return 1
                + versions.getOrDefault(resource.type(), List.of()).stream()
                        .filter(stored -> stored.version().resource().equals(resource))
                        .count();
    }

    static byte[] json(Reference resource, long version, String marker) {
        String identifier = marker == null
                ? ""
                : ",\"identifier\":[{\"system\":\"%s\",\"value\":\"%s\"}]".formatted(Content.MARKER, marker);
        return Content.utf8("{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%d\"}%s}"
                .formatted(resource.type(), resource.id(), version, identifier));
    }

    Evidence evidence() {
        return new Evidence(
                List.of(owned("Patient", ENCOUNTER_SERVICE), owned("Encounter", PATIENT_SERVICE)),
                parked,
                entries.keySet().stream()
                        .map(source -> new Journal(source, entries.get(source), seals.get(source), 0))
                        .toList(),
                new Ledger(ledger, alarms, shown));
    }

    private Evidence.Owned owned(String type, String other) {
        return new Evidence.Owned(
                store(owner(type), type, versions, leftOver),
                store(other, type, copies, List.of()),
                new Topic(type, events.getOrDefault(type, List.of())),
                new Topic(type, states.getOrDefault(type, List.of())));
    }

    private static Store store(
            String service, String type, Map<String, List<StoredVersion>> from, List<String> leftOver) {
        List<StoredVersion> versions = from.getOrDefault(type, List.of());
        Map<Reference, Head> heads = new HashMap<>();
        versions.forEach(stored -> heads.put(
                stored.version().resource(),
                new Head(stored.version(), stored.isDeletion(), stored.lastUpdated(), stored.patient())));
        return new Store(service, type, versions, List.copyOf(heads.values()), leftOver);
    }

    Findings judged() {
        Findings findings = new Findings();
        findings.addAll(evidence().consistency(poison));
        findings.addAll(evidence().truth(attempts, PREFIX, poison));
        return findings;
    }
}
