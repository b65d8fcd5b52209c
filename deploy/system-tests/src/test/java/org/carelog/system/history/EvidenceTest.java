package org.carelog.system.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checker that finds nothing where nothing is wrong, and each wrong where it is. */
class EvidenceTest {
    private static final String ID = UUID.randomUUID().toString();
    private static final Reference PATIENT = new Reference("Patient", ID);
    private static final Reference ENCOUNTER = new Reference("Encounter", "e-1");
    private static final Reference OTHER_ENCOUNTER = new Reference("Encounter", "e-2");
    private static final OptionalLong ANY = OptionalLong.empty();

    private final WellBehaved system = new WellBehaved();
    private Version first;
    private Version second;

    /** Four versions of a patient, the last after a deletion; three of encounters. */
    @BeforeEach
    void aStory() {
        first = system.create(PATIENT, ID);
        system.create(ENCOUNTER, ID);
        system.create(OTHER_ENCOUNTER, ID);
        second = system.update(PATIENT, ID, OptionalLong.of(1));
        system.update(ENCOUNTER, ID, ANY);
    }

    private List<Rule> broken() {
        return system.judged().rules();
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        // Given
        system.read(second);
        system.readCopy(first);
        system.readCopy(second);
        system.find(second, true);
        system.delete(PATIENT, ID);
        system.gone(PATIENT);
        system.find(second, false);
        system.unheard(ENCOUNTER, ID);
        system.refused(new Asked.Forbidden("DELETE", 403), 403);
        // When
        Findings findings = system.judged();
        // Then
        assertThat(findings.all()).as("%s", findings).isEmpty();
    }

    @Test
    void anEventThatComesAgainIsNoFault() {
        // Given
        List<Event> topic = system.events.get("Patient");
        Event event = topic.getFirst();
        topic.add(new Event(0, topic.size(), 9_000, event.key(), event.headers(), event.value()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).isEmpty();
    }

    @Test
    void anAcknowledgedWriteThatIsNotThereIsLost() {
        // Given
        forget(system.versions.get("Patient"), second);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.LOST_WRITE, Rule.INVENTED_EVENT);
    }

    @Test
    void aVersionWithOtherContentIsWrong() {
        // Given
        StoredVersion stored = system.stored(second);
        replace(system.versions.get("Patient"), second, WellBehaved.json(PATIENT, 2, "m9"));
        replace(system.copies.get("Patient"), second, WellBehaved.json(PATIENT, 2, "m9"));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(stored.content()).isNotEmpty();
        assertThat(broken).contains(Rule.WRONG_CONTENT, Rule.INVENTED_VERSION, Rule.CHANGED_EVENT);
    }

    @Test
    void aVersionOfARefusedWriteIsInvented() {
        // Given
        answerAgain(system.attempts.size() - 1, 412);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.INVENTED_VERSION);
    }

    @Test
    void aDeletionThatNobodyAskedForIsInvented() {
        // Given
        system.delete(PATIENT, ID);
        system.attempts.removeLast();
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.INVENTED_VERSION, Rule.INVENTED_RECORD);
    }

    @Test
    void oneRequestThatIsTwoVersionsIsFound() {
        // Given
        StoredVersion stored = system.stored(second);
        Version third = PATIENT.version(3);
        StoredVersion again =
                new StoredVersion(third, "updated", stored.lastUpdated().plusMillis(1), ID, stored.content());
        system.versions.get("Patient").add(again);
        system.copies.get("Patient").add(again);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.WRITTEN_TWICE, Rule.LOST_EVENT);
    }

    @Test
    void aWriteThatOverlooksItsConditionIsFound() {
        // Given
        system.update(PATIENT, ID, OptionalLong.of(1));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.CONDITION_IGNORED);
    }

    @Test
    void twoWritesThatWereToldTheSameVersionAreFound() {
        // Given
        Attempt attempt = system.attempts.get(3);
        system.attempts.add(new Attempt(
                WellBehaved.PREFIX + "more",
                attempt.user(),
                attempt.service(),
                new Asked.Update(PATIENT, ANY, "m77", "another content"),
                attempt.sent(),
                attempt.ended(),
                attempt.ending()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.SHARED_VERSION, Rule.WRONG_CONTENT, Rule.UNRECORDED);
    }

    @Test
    void aWriteOvertakenByALaterOneIsFound() {
        // Given
        Attempt late = system.attempts.get(3);
        system.attempts.set(3, at(late, 10, 15));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.VERSIONS_REORDERED);
    }

    @Test
    void aHoleInTheVersionsIsFound() {
        // Given
        system.unheard(PATIENT, ID);
        system.update(PATIENT, ID, ANY);
        forget(system.versions.get("Patient"), PATIENT.version(3));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.VERSION_HOLE);
    }

    @Test
    void aReadThatShowsTheVersionBeforeIsStale() {
        // Given
        system.read(first);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.STALE_READ);
    }

    @Test
    void aReadThatFindsNothingOfWhatWasWrittenIsStale() {
        // Given
        system.gone(PATIENT);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.STALE_READ);
    }

    @Test
    void aReadOfOtherBytesIsWrong() {
        // Given
        system.read(second);
        Attempt read = system.attempts.removeLast();
        system.attempts.add(with(read, new Ending.Answered(200, List.of(second), "another digest")));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.WRONG_READ);
    }

    @Test
    void aSearchThatMissesWhatWasWrittenIsStale() {
        // Given
        system.find(second, false);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.STALE_READ);
    }

    @Test
    void aCopyThatGoesBackIsFound() {
        // Given
        system.readCopy(second);
        system.readCopy(first);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.PROJECTION_WENT_BACK);
    }

    @Test
    void aRequestThatShouldHaveBeenRefusedIsFound() {
        // Given
        system.refused(new Asked.Forbidden("DELETE", 403), 204);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.NOT_REFUSED);
    }

    @Test
    void aRequestThatFailsWithoutAReasonIsFound() {
        // Given
        system.unheard(ENCOUNTER, ID);
        answerAgain(system.attempts.size() - 1, 500);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.FAILED);
    }

    @Test
    void aLostEventIsFound() {
        // Given
        system.events.get("Patient").removeFirst();
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.LOST_EVENT);
    }

    @Test
    void versionsInTheWrongOrderAreFound() {
        // Given
        swap(system.events.get("Patient"), 0, 1);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.EVENTS_REORDERED);
    }

    @Test
    void twoChangesOfAPatientInTheWrongOrderAreFound() {
        // Given: two encounters, each with a version of its own, the first acknowledged before the second was sent
        swap(system.events.get("Encounter"), 0, 1);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.EVENTS_REORDERED);
    }

    @Test
    void anEventThatComesAgainWithOtherContentIsFound() {
        // Given
        List<Event> topic = system.events.get("Patient");
        Event event = topic.getFirst();
        topic.add(new Event(0, 2, 9_000, event.key(), event.headers(), Content.utf8("{}")));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.CHANGED_EVENT);
    }

    @Test
    void aSecondEventOfAVersionIsFound() {
        // Given
        List<Event> topic = system.events.get("Patient");
        topic.add(new Event(
                0,
                2,
                9_000,
                ID,
                headers(topic.getFirst(), "ce_id", "another"),
                topic.getFirst().value()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.CHANGED_EVENT);
    }

    @Test
    void anEventOfAnotherKindOrTimeIsFound() {
        // Given
        List<Event> topic = system.events.get("Patient");
        Event event = topic.getFirst();
        topic.set(0, new Event(0, 0, 1_000, ID, headers(event, "ce_time", "1999-01-01T00:00:00Z"), event.value()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.CHANGED_EVENT);
    }

    @Test
    void anEventUnderAnotherKeyIsFound() {
        // Given
        List<Event> topic = system.events.get("Encounter");
        Event event = topic.getFirst();
        String key = UUID.randomUUID().toString();
        topic.set(0, new Event(1, 0, 1_000, key, headers(event, "ce_partitionkey", key), event.value()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.WRONG_KEY);
    }

    @Test
    void aCopyWithoutAVersionIsFound() {
        // Given
        forget(system.copies.get("Patient"), first);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.PROJECTION_LACKS);
    }

    @Test
    void aCopyThatDiffersIsFound() {
        // Given
        replace(system.copies.get("Encounter"), ENCOUNTER.version(2), Content.utf8("{}"));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.PROJECTION_DIFFERS);
    }

    @Test
    void aCopyThatHasMoreThanItsOwnerIsFound() {
        // Given
        system.copies
                .get("Patient")
                .add(new StoredVersion(
                        PATIENT.version(3), "deleted", system.stored(second).lastUpdated(), ID, Content.utf8("{}")));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.PROJECTION_DIFFERS);
    }

    @Test
    void whatStillWaitsIsFound() {
        // Given
        system.leftOver.add("1 parked event");
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.LEFT_OVER);
    }

    @Test
    void anAnsweredRequestWithoutAnEntryIsFound() {
        // Given
        system.refused(new Asked.Forbidden("DELETE", 403), 403);
        unrecorded(WellBehaved.PATIENT_SERVICE);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.UNRECORDED);
    }

    @Test
    void aRequestThatIsRecordedTwiceIsFound() {
        // Given
        List<Journal.Entry> journal = system.entries.get(WellBehaved.PATIENT_SERVICE);
        journal.add(new Journal.Entry(7, journal.getFirst().bytes()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.CHAIN_BROKEN, Rule.RECORDED_TWICE);
    }

    @Test
    void anEntryWithAnotherAnswerOrUserIsFound() {
        // Given
        answerAgain(0, 200);
        Attempt attempt = system.attempts.get(1);
        system.attempts.set(
                1,
                new Attempt(
                        attempt.requestId(),
                        "registrar",
                        attempt.service(),
                        attempt.asked(),
                        attempt.sent(),
                        attempt.ended(),
                        attempt.ending()));
        // When
        Findings findings = system.judged();
        // Then
        assertThat(findings.all()).extracting(Finding::rule).containsExactly(Rule.WRONG_RECORD, Rule.WRONG_RECORD);
    }

    @Test
    void anEntryThatWasChangedAfterItsSealIsFound() {
        // Given
        List<Journal.Entry> journal = system.entries.get(WellBehaved.PATIENT_SERVICE);
        Journal.Entry entry = journal.getFirst();
        String other = new String(entry.bytes(), java.nio.charset.StandardCharsets.UTF_8).replace("201", "200");
        journal.set(0, new Journal.Entry(entry.no(), Content.utf8(other)));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.CHAIN_BROKEN, Rule.LEDGER_DIFFERS);
    }

    @Test
    void aHoleInTheSealsIsFound() {
        // Given
        system.seals.get(WellBehaved.PATIENT_SERVICE).removeFirst();
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).contains(Rule.CHAIN_BROKEN);
    }

    @Test
    void aLedgerWithoutAnEntryIsFound() {
        // Given
        system.ledger.removeLast();
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.LEDGER_LACKS);
    }

    @Test
    void anAlarmOfTheLedgerIsFound() {
        // Given
        system.alarms.add("gap 3 to 4");
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.LEDGER_ALARM);
    }

    @Test
    void anEntryThatIsNoAuditEventIsFound() {
        // Given
        system.shown.remove(WellBehaved.PREFIX + "0");
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.NOT_SHOWN);
    }

    @Test
    void aStateThatIsNotTheLastVersionIsFound() {
        // Given
        system.states.get("Patient").removeLast();
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.WRONG_STATE);
    }

    @Test
    void anOlderStateBehindANewerOneIsFound() {
        // Given
        swap(system.states.get("Patient"), 0, 1);
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.WRONG_STATE);
    }

    @Test
    void aResourceWithoutAStateIsFound() {
        // Given
        system.states
                .get("Encounter")
                .removeIf(event -> event.version().resource().equals(OTHER_ENCOUNTER));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.WRONG_STATE);
    }

    @Test
    void aStateOfNoVersionIsFound() {
        // Given
        List<Event> states = system.states.get("Patient");
        Event event = states.getFirst();
        states.set(0, new Event(0, 0, 0, event.key(), event.headers(), Content.utf8("{}")));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.INVENTED_STATE);
    }

    @Test
    void aResourceWithTwoKeysIsFound() {
        // Given
        List<Event> states = system.states.get("Patient");
        Event event = states.getLast();
        states.add(new Event(0, states.size(), 0, "another key", event.headers(), event.value()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.WRONG_STATE);
    }

    @Test
    void poisonThatIsParkedOnceIsNoFault() {
        // Given
        poison();
        system.parked.add(parked());
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).isEmpty();
    }

    @Test
    void poisonThatIsNotParkedIsFound() {
        // Given
        poison();
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.POISON_VANISHED);
    }

    @Test
    void poisonThatIsParkedTwiceIsFound() {
        // Given
        poison();
        system.parked.addAll(List.of(parked(), parked()));
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.PARKED_TWICE);
    }

    @Test
    void aParkedEventIsFound() {
        // Given
        system.parked.add(parked());
        // When
        List<Rule> broken = broken();
        // Then
        assertThat(broken).containsExactly(Rule.LEFT_OVER);
    }

    /** Raw bytes at the end of the topic of patients. */
    private void poison() {
        List<Event> topic = system.events.get("Patient");
        topic.add(new Event(0, 77, 9_000, null, Map.of(), Content.utf8("poison")));
        system.poison.add(new Poison("Patient", 0, 77));
    }

    private static Parked parked() {
        return new Parked("encounter-service", "Patient", 0, 77, "HEADER_MISSING", null);
    }

    private static void forget(List<StoredVersion> versions, Version version) {
        versions.removeIf(stored -> stored.version().equals(version));
    }

    private static void replace(List<StoredVersion> versions, Version version, byte[] content) {
        versions.replaceAll(stored -> stored.version().equals(version)
                ? new StoredVersion(version, stored.change(), stored.lastUpdated(), stored.patient(), content)
                : stored);
    }

    /** The two change places, with all that is said of them but their offsets and times. */
    private static void swap(List<Event> topic, int one, int other) {
        Event a = topic.get(one);
        Event b = topic.get(other);
        topic.set(one, new Event(0, a.offset(), a.timestamp(), b.key(), b.headers(), b.value()));
        topic.set(other, new Event(0, b.offset(), b.timestamp(), a.key(), a.headers(), a.value()));
    }

    private static Map<String, String> headers(Event event, String name, String value) {
        Map<String, String> headers = new HashMap<>(event.headers());
        headers.put(name, value);
        return Collections.unmodifiableMap(headers);
    }

    private void answerAgain(int index, int status) {
        Attempt attempt = system.attempts.get(index);
        system.attempts.set(
                index, with(attempt, new Ending.Answered(status, status < 300 ? attempt.shown() : List.of(), null)));
    }

    private static Attempt with(Attempt attempt, Ending ending) {
        return new Attempt(
                attempt.requestId(),
                attempt.user(),
                attempt.service(),
                attempt.asked(),
                attempt.sent(),
                attempt.ended(),
                ending);
    }

    private static Attempt at(Attempt attempt, long sent, long ended) {
        return new Attempt(
                attempt.requestId(), attempt.user(), attempt.service(), attempt.asked(), sent, ended, attempt.ending());
    }

    /** As if the last entry had never been written, anywhere. */
    private void unrecorded(String service) {
        system.entries.get(service).removeLast();
        system.seals.get(service).removeLast();
        system.ledger.removeLast();
    }
}
