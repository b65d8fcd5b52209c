package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.HostedType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchableTypesTest {
    private static final Patient FULL = new Patient();
    private static final Encounter SEEN = new Encounter();
    private static final SearchableTypes SCHEDULED = TypesUnderTest.of(
            TypesUnderTest.type("Observation", List.of("date")),
            TypesUnderTest.type("Immunization", List.of("date")),
            TypesUnderTest.type(
                    "QuestionnaireResponse", List.of("questionnaire", "_tag", "_security", "_profile", "_source")));

    static {
        FULL.setGender(AdministrativeGender.FEMALE)
                .setActive(true)
                .setDeceased(new BooleanType(false))
                .addIdentifier(new Identifier().setSystem("http://a").setValue("Ab1"))
                .addIdentifier(new Identifier().setValue("bare"))
                .addTelecom()
                .setValue("+47 555");
        FULL.addGeneralPractitioner(new Reference("Practitioner/gp1/_history/2"));
        FULL.addGeneralPractitioner(new Reference(TypesUnderTest.BASE + "/Organization/o1"));
        FULL.addGeneralPractitioner(new Reference("https://elsewhere.example/fhir/Practitioner/gp2"));
        FULL.addGeneralPractitioner(new Reference()
                .setIdentifier(new Identifier().setSystem("http://npi").setValue("77")));
        SEEN.setSubject(new Reference("Patient/p1"))
                .getClass_()
                .setSystem("http://class")
                .setCode("AMB");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            identifier=http://a|Ab1;      true
            identifier=Ab1;               true
            identifier=AB1;               true
            identifier=http://a|;         true
            identifier=http://A|Ab1;      false
            identifier=|Ab1;              false
            identifier=|bare;             true
            identifier=http://b|;         false
            identifier=Ab;                false
            identifier=x,bare;            true
            gender=female;                true
            gender=http://hl7.org/fhir/administrative-gender|female; true
            gender=http://other|female;   false
            gender:not=male;              true
            gender:not=male,female;       false
            active=true;                  true
            active=http://terminology.hl7.org/CodeSystem/special-values|true; true
            deceased=false;               true
            telecom=+47 555;              true
            phone=+47 555;                false
            general-practitioner=Practitioner/gp1;  true
            general-practitioner=gp1;               true
            general-practitioner=https://care.example/fhir/Practitioner/gp1; true
            general-practitioner=Practitioner/gp1/_history/9; true
            general-practitioner=Organization/gp1;  false
            general-practitioner=o1;                true
            general-practitioner:Organization=o1;   true
            general-practitioner:Practitioner=o1;   false
            general-practitioner=Practitioner/gp2;  false
            general-practitioner=https://elsewhere.example/fhir/Practitioner/gp2; true
            general-practitioner:identifier=http://npi|77; true
            general-practitioner:identifier=78;     false
            language:missing=true;        true
            gender:missing=false;         true
            gender:missing=true;          false
            """)
    void aTokenOrReferenceIsFoundInEveryFormThatNamesIt(String query, boolean found) {
        assertThat(matches(FULL, query)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "patient=p1, true",
        "patient=Patient/p1, true",
        "subject=p1, true",
        "subject:Group=p1, false",
        "class=AMB, true",
        "class=http://class|amb, true"
    })
    void anEncounterIsFoundByItsPatientAndClass(String query, boolean found) {
        assertThat(matches(SEEN, query)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "patient=g1, false",
        "patient=Group/g1, false",
        "patient=Patient/g1, false",
        "patient:missing=true, true",
        "subject=g1, true",
        "subject=Group/g1, true",
        "subject:Patient=g1, false",
        "subject:missing=true, false"
    })
    void anEncounterOfAGroupHasASubjectAndNoPatient(String query, boolean found) {
        // Given
        Encounter ofGroup = new Encounter();
        ofGroup.setSubject(new Reference("Group/g1"));

        // Then
        assertThat(matches(ofGroup, query)).isEqualTo(found);
    }

    @Test
    void whatTwoParametersFindIsIndexedOnce() {
        // Given
        SearchableTypes types = TypesUnderTest.of(
                TypesUnderTest.type("Patient", List.of("name", "phonetic")),
                TypesUnderTest.type("Encounter", List.of("patient", "subject")));
        Patient named = new Patient();
        named.addName().setFamily("Ito").addGiven("Aki");

        // When
        IndexEntries patient = types.entries(FhirJson.of(named));
        IndexEntries encounter = types.entries(FhirJson.of(SEEN));

        // Then
        assertThat(patient.texts()).hasSize(2);
        assertThat(encounter.targets()).hasSize(1);
        assertThat(key(types, "Patient", "phonetic")).isEqualTo(key(types, "Patient", "name"));
        assertThat(key(types, "Encounter", "patient")).isEqualTo(key(types, "Encounter", "subject"));
    }

    private static int key(SearchableTypes types, String type, String parameter) {
        return types.require(type).parameter(parameter).orElseThrow().key();
    }

    @Test
    void aPeriodWithoutAnEndReachesAnyTime() {
        // Given
        Encounter begun = new Encounter();
        begun.setPeriod(new Period().setStartElement(new DateTimeType("2020-05")));

        // When
        IndexEntries entries = TypesUnderTest.TYPES.entries(FhirJson.of(begun));

        // Then
        assertThat(entries.dates())
                .extracting(IndexEntries.DateEntry::range)
                .containsExactly(
                        new DateRange(Instant.parse("2020-05-01T00:00:00Z").toEpochMilli(), DateRange.OPEN_END));
    }

    @Test
    void whateverAResourceRefersToIsAmongItsTargets() {
        // Given
        Encounter encounter = new Encounter();
        encounter.setSubject(new Reference("Patient/p1"));
        encounter.addExtension("http://example.org/x", new Reference("Patient/p1"));
        encounter.addExtension("http://example.org/x", new Reference("List/l1"));

        // When
        IndexEntries entries = TypesUnderTest.TYPES.entries(FhirJson.of(encounter));

        // Then
        assertThat(entries.targets())
                .extracting(target -> target.type() + "/" + target.id() + (target.key() == 0 ? " by none" : ""))
                .containsExactlyInAnyOrder("Patient/p1", "List/l1 by none");
    }

    @Test
    void ofAScheduleTheOuterLimitsCount() {
        // Given
        Timing timing = new Timing()
                .addEvent(new DateTimeType("2020-05-03").getValue())
                .addEvent(new DateTimeType("2020-05-01").getValue());
        timing.getRepeat().setBounds(new Period().setEndElement(new DateTimeType("2020-06-30")));
        Observation often = new Observation();
        often.setEffective(timing);

        // When
        IndexEntries entries = SCHEDULED.entries(FhirJson.of(often));

        // Then
        assertThat(entries.dates())
                .extracting(IndexEntries.DateEntry::range)
                .containsExactly(new DateRange(
                        DateRange.OPEN_START,
                        Instant.parse("2020-07-01T00:00:00Z").toEpochMilli()));
    }

    @Test
    void whatHoldsNoDateIsMissingTheDate() {
        // Given
        Immunization told = new Immunization();
        told.setOccurrence(new StringType("as a child"));

        // When
        IndexEntries entries = SCHEDULED.entries(FhirJson.of(told));

        // Then
        assertThat(entries.dates()).isEmpty();
        assertThat(matches(SCHEDULED, told, "date:missing=true")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            questionnaire=http://q.example/phq9;      true
            questionnaire=http://q.example/phq9\\|2.0; true
            questionnaire=http://q.example/phq9\\|1.0; false
            questionnaire=http://q.example/phq;       false
            _tag=http://tags|blue;                    true
            _tag=red;                                 false
            _security=R;                              true
            _profile=http://p.example/core/answers;   true
            _profile=http://p.example/core/Answers;   false
            _profile=http://p.example/core/answers|1; true
            _profile=http://p.example/core/answers|2; false
            _profile=http://p.example/core;           false
            _profile:below=http://p.example/core;     true
            _profile:below=http://p.example/core/;    true
            _profile:below=http://p.example;          true
            _profile:below=http://p.example/core/answers; true
            _profile:below=http://p.example/co;       false
            _profile:below=http://p.example/core/answers/x; false
            _profile:above=http://p.example/core/answers/x; true
            _profile:above=http://p.example/core/answers; true
            _profile:above=http://p.example/core/;    false
            _profile:missing=false;                   true
            _source=urn:test:lab#17;                  true
            _source=urn:test:lab;                     false
            _source:missing=true;                     false
            """)
    void aDefinitionIsFoundByItsCanonicalUrlAndAnyResourceByItsLabels(String query, boolean found) {
        // Given
        QuestionnaireResponse answers = new QuestionnaireResponse().setQuestionnaire("http://q.example/phq9|2.0");
        answers.getMeta()
                .addProfile("http://p.example/core/answers|1")
                .setSource("urn:test:lab#17")
                .addTag("http://tags", "blue", null)
                .addSecurity()
                .setCode("R");

        // Then
        assertThat(matches(SCHEDULED, answers, query)).isEqualTo(found);
    }

    @Test
    void whatUsCoreAsksForBesideR4IsFound() {
        // Given
        SearchableTypes types = TypesUnderTest.of(
                TypesUnderTest.type("Condition", List.of("asserted-date")),
                TypesUnderTest.type("Encounter", List.of("discharge-disposition")));
        Condition asserted = new Condition();
        asserted.addExtension(
                "http://hl7.org/fhir/StructureDefinition/condition-assertedDate", new DateTimeType("2020"));
        asserted.addExtension("http://example.org/other", new DateTimeType("2021"));
        Encounter ended = new Encounter();
        ended.getHospitalization().getDischargeDisposition().addCoding().setCode("home");

        // When
        IndexEntries condition = types.entries(FhirJson.of(asserted));

        // Then
        assertThat(condition.dates())
                .extracting(IndexEntries.DateEntry::range)
                .containsExactly(DateRange.parse("2020"));
        assertThat(matches(types, ended, "discharge-disposition=home")).isTrue();
    }

    @Test
    void aPatientIsFoundByRaceAndEthnicity() {
        // Given
        SearchableTypes types = TypesUnderTest.of(TypesUnderTest.type("Patient", List.of("race", "ethnicity")));
        Patient patient = new Patient();
        Extension race = patient.addExtension().setUrl("http://hl7.org/fhir/us/core/StructureDefinition/us-core-race");
        race.addExtension("ombCategory", new Coding("urn:oid:2.16.840.1.113883.6.238", "2106-3", "White"));
        race.addExtension("text", new StringType("White"));

        // Then
        assertThat(matches(types, patient, "race=2106-3")).isTrue();
        assertThat(matches(types, patient, "race=urn:oid:2.16.840.1.113883.6.238|2106-3"))
                .isTrue();
        assertThat(matches(types, patient, "race=2135-2")).isFalse();
        assertThat(matches(types, patient, "ethnicity=2106-3")).isFalse();
    }

    @Test
    void everyPartOfANameIsAStringOfItsOwn() {
        // Given
        Patient named = new Patient();
        named.addName()
                .setFamily("Ito")
                .addGiven("Aki")
                .addPrefix("Dr.")
                .addSuffix("Jr.")
                .setText("Aki Ito");

        // When
        IndexEntries entries = TypesUnderTest.TYPES.entries(FhirJson.of(named));

        // Then
        assertThat(entries.texts())
                .filteredOn(entry -> entry.key()
                        == new SearchParameter("Patient", "name", ParameterType.STRING, List.of(), null).key())
                .extracting(entry -> entry.text().normalised())
                .containsExactlyInAnyOrder("ito", "aki", "dr", "jr", "aki ito");
    }

    @ParameterizedTest
    @CsvSource({
        "Patient,   colour,     defines no search parameter",
        "Bundle,    composition, not understood",
    })
    void aDeclarationThatCannotBeServedStopsTheService(String type, String parameter, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypesUnderTest.of(TypesUnderTest.type(type, List.of(parameter))))
                .withMessageContaining(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "patient=p1; true",
                "patient=Patient/p1; true",
                "subject=Patient/p1; true",
                "subject:Patient=p1; true",
                "subject=" + TypesUnderTest.BASE + "/Patient/p1; true",
                "subject=p1; false",
                "subject=Group/p1; false",
                "patient=p1,p2; false",
                "patient=https://elsewhere.example/Patient/p1; false",
                "patient:identifier=http://x|p1; false",
                "part-of=Encounter/p1; false",
            })
    void whatASearchFindsIsOnePatientsWhereItSaysSo(String query, boolean ofPatient) {
        // Given
        SearchableTypes types = TypesUnderTest.of(new HostedType(
                "Encounter",
                HostedType.Hosting.OWNED,
                HostedType.Domain.CARE,
                new Compartment.Through(List.of("patient"), List.of("subject")),
                List.of("patient", "subject", "part-of"),
                List.of()));
        String[] pair = query.split("=", 2);

        // When
        List<Filter> filters = SearchQuery.parse(
                        types, "Encounter", List.of(Map.entry(pair[0], pair[1])), Instant.EPOCH)
                .filters();

        // Then
        assertThat(filters.getFirst() instanceof Filter.OfPatient found
                        && found.patientId().equals("p1"))
                .isEqualTo(ofPatient);
    }

    /** By tokens alone, which is all that these queries need. */
    private static boolean matches(Resource resource, String query) {
        return matches(TypesUnderTest.TYPES, resource, query);
    }

    private static boolean matches(SearchableTypes types, Resource resource, String query) {
        String[] pair = query.split("=", 2);
        IndexEntries entries = types.entries(FhirJson.of(resource));
        return SearchQuery.parse(types, resource.fhirType(), List.of(Map.entry(pair[0], pair[1])), Instant.EPOCH)
                .filters()
                .stream()
                .map(Filter.Tokens.class::cast)
                .allMatch(filter -> filter.negated() == filter.anyOf().stream().noneMatch(entries.tokens()::contains));
    }
}
