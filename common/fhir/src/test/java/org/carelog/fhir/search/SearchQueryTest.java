package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.registry.TypeRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final SearchableTypes OF_A_SERVICE =
            new SearchableTypes(TypeRegistry.ofClassPath().hostedBy("encounter-service"), TypesUnderTest.BASE);

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Patient;   colour=red;                        colour;                      family
            Patient;   Name=x;                            Name;                        name
            Patient;   name:phonetic=x;                   name:phonetic;               name:exact
            Patient;   name:=x;                           name:;                       name:contains
            Patient;   gender:exact=male;                 gender:exact;                gender:not
            Patient;   birthdate:not=2020;                birthdate:not;               birthdate:missing
            Patient;   _has:Encounter:location:status=x;  _has:Encounter:location:status; _has:Encounter:patient:
            Patient;   _has:Encounter:patient=x;          _has:Encounter:patient;      _has:Encounter:patient:
            Patient;   _has:Encounter:patient:colour=x;   _has:Encounter:patient:colour; status
            Patient;   _text:exact=x;                     _text:exact;                 _text
            Patient;   _profile=x;                        _profile;                    _id
            Encounter; patient:Group=x;                   patient:Group;               patient:Patient
            Encounter; patient.nme=x;                     patient.nme;                 family
            Encounter; patient.name:sounds=x;             patient.name:sounds;         name:exact
            Encounter; subject.status=x;                  subject.status;              family
            Encounter; subject:Group.name=x;              subject:Group.name;          subject:Patient.family
            Encounter; service-provider.name=x;           service-provider.name;       service-provider
            Encounter; patient._sort=x;                   patient._sort;               _lastUpdated
            Encounter; _include:recurse=Encounter:patient; _include:recurse;           _include:iterate
            Encounter; _contained=true;                   _contained;                  _count
            Encounter; length=5;                          length;                      status
            Patient;   _filter=colour eq red;             _filter: colour;             family
            Patient;   _filter=name:exact eq x;           _filter: name:exact;         name
            Encounter; _filter=patient.nme eq x;          _filter: patient.nme;        family
            """)
    void anUnknownParameterOrModifierIsNamedWithWhatIsKnown(String type, String query, String name, String known) {
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> parse(type, query))
                .extracting(FhirProblemException::problem)
                .isInstanceOfSatisfying(FhirProblem.UnknownSearchParameter.class, problem -> {
                    assertThat(problem.name()).isEqualTo(name);
                    assertThat(problem.known()).contains(known);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            name=;                          name;           no value
            identifier=;                    identifier;     no value
            name=a,,b;                      name;           empty value
            name=a,;                        name;           empty value
            name=--;                        name;           :exact
            name:missing=yes;               name:missing;   true or false
            birthdate=yesterday;            birthdate;      YYYY
            birthdate=xx2020;               birthdate;      prefixes
            birthdate=2020-02-30;           birthdate;      no such date
            birthdate=ge2020-01-01T00:00:00 02:00; birthdate; %2B
            identifier=a|b|c;               identifier;     system|code
            identifier=|;                   identifier;     system|code
            _id=a/b;                        _id;            logical id
            _source:below=urn:oid:1.2;      _source:below;  URL
            _source:above=http://;          _source:above;  URL
            _sort=_source;                  _sort;          birthdate
            general-practitioner=a b;       general-practitioner; Type/id
            general-practitioner:Organization=Practitioner/x; general-practitioner:Organization; another type
            name.family=x;                  name.family;    no reference
            _count=-1;                      _count;         number
            _count=x;                       _count;         number
            _count=;                        _count;         no value
            _count=1&_count=2;              _count;         twice
            _sort=colour;                   _sort;          birthdate
            _sort=general-practitioner;     _sort;          birthdate
            _sort=name,-name;               _sort;          twice
            _sort=name,;                    _sort;          birthdate
            _sort=_id,name,family,given,gender,birthdate; _sort; at most 5
            _total=maybe;                   _total;         accurate
            _summary=true;                  _summary;       count
            gender:in=http://a.example/vs;  gender:in;      no value sets
            gender:below=male;              gender:below;   system|code
            gender:above=http://a|male;     gender:above;   no code systems
            _filter=identifier in http://a; _filter: identifier; these operators
            _explain=yes;                   _explain;       true or false
            _include=Patient:name;          _include;       Patient:general-practitioner
            _include=Encounter:patient;     _include;       Patient:general-practitioner
            _include=Encounter:*;           _include;       Patient:general-practitioner
            _include=Patient:link:Patient:x; _include;      Patient:general-practitioner
            _include=Patient;               _include;       Patient:general-practitioner
            _include:iterate=Patient:name;  _include:iterate; Encounter:patient
            _revinclude:iterate=Encounter:type; _revinclude:iterate; Encounter:part-of
            _include=Patient:organization:Patient; _include; Patient:organization
            _revinclude=Encounter:location; _revinclude;    Encounter:patient
            _revinclude=Encounter:subject:Group; _revinclude; Encounter:patient
            _revinclude=Provenance:target;  _revinclude;    Encounter:patient
            _filter=;                       _filter;        character 1
            _filter=name;                   _filter;        an operator
            _filter=name is x;              _filter;        character 6
            _filter=name eq;                _filter;        a value
            _filter=name eq "yesterday;     _filter;        closing quotation
            _filter=(name eq x;             _filter;        closing parenthesis
            _filter=name eq x);             _filter;        the end
            _filter=name eq x or;           _filter;        an operator
            _filter=name eq x gender eq y;  _filter;        the end
            _filter=name gt x;              _filter: name;  eq, ne, co, sw, ew, pr
            _filter=gender co x;            _filter: gender; eq, ne, ss, sb, in, ni, pr
            _filter=birthdate co x;         _filter: birthdate; sa, eb
            _filter=birthdate lt yesterday; _filter: birthdate; YYYY
            _filter=gender pr x;            _filter: gender; true or false
            _filter=name eq x&_filter=name eq y; _filter;   twice
            _filter=((((((((((((((((((((((name eq x))))))))))))))))))))));  _filter; parentheses
            """)
    void aValueThatCannotBeUnderstoodIsRefusedWithoutRepeatingIt(String query, String name, String says) {
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> parse("Patient", query))
                .extracting(FhirProblemException::problem)
                .isInstanceOfSatisfying(FhirProblem.InvalidSearchParameter.class, problem -> {
                    assertThat(problem.name()).isEqualTo(name);
                    assertThat(problem.diagnostics()).contains(says).doesNotContain("yesterday");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=a&name=b",
                "name=a,b",
                "name:exact=A",
                "name:contains=a",
                "name:missing=true",
                "gender:not=male",
                "identifier=http://a|b",
                "identifier=|b",
                "identifier=http://a|",
                "birthdate=ap2020",
                "_id=a,b",
                "_id:not=a",
                "_lastUpdated=gt2020-01-01T00:00:00Z",
                "general-practitioner=Practitioner/x",
                "general-practitioner=x",
                "general-practitioner:Organization=x",
                "general-practitioner:identifier=a|b",
                "deceased=true",
                "general-practitioner=https://elsewhere.example/Practitioner/x",
                "link:Patient.name=x",
                "link.link.link.name:exact=x",
                "_has:Encounter:patient:status=finished",
                "_has:Encounter:patient:_has:Encounter:part-of:status:not=finished",
                "_has:Encounter:patient:part-of.status=finished",
                "link:Patient._has:Encounter:patient:status=finished",
                "_sort=-birthdate,family,_id,-_lastUpdated,gender",
                "_include=Patient:link:Patient",
                "_revinclude=Encounter:subject:Patient",
                "_include=*",
                "_include=Patient:*",
                "_include:iterate=Encounter:part-of&_revinclude=Encounter:patient",
                "_revinclude=*",
                "_revinclude:iterate=Encounter:part-of",
                "_total=estimate",
                "_filter=name eq x",
                "_filter=name co \"a (b) \\\"c\"",
                "_filter=not(name eq x)or(((gender ne male)))and birthdate pr true",
                "_filter=_id eq x and _lastUpdated gt 2020 and link.name sw x and link re Patient/x",
                "_filter=identifier eq http://a|b and _source ss http://a.example",
                "_filter=_has:Encounter:patient:status eq finished",
                "_summary=false"
            })
    void whatIsServedIsUnderstood(String query) {
        assertThat(parse("Patient", query).understood()).isEqualTo(parameters(query));
    }

    @ParameterizedTest
    @CsvSource({"_count=0, 0", "_count=7, 7", "_count=1000, 1000", "_count=1000000000, 1000", "_summary=count, 0"})
    void aPageHasAtMostAThousandMatches(String query, int count) {
        assertThat(parse("Patient", query).count()).isEqualTo(count);
    }

    @Test
    void withoutControlsAPageHasFiftyMatchesInTheOrderOfCreation() {
        // When
        SearchQuery query = SearchQuery.parse(TypesUnderTest.TYPES, "Patient", List.of(), NOW);

        // Then
        assertThat(query.count()).isEqualTo(50);
        assertThat(query.sort()).isEmpty();
        assertThat(query.total()).isEmpty();
    }

    @Test
    void aChainLooksAtEveryTypeTheReferenceMayLeadToThatHasTheParameter() {
        // When
        SearchQuery query = parse("AuditEvent", "entity.identifier=x");

        // Then
        assertThat(query.filters())
                .singleElement()
                .isInstanceOfSatisfying(
                        Filter.Chain.class,
                        chain -> assertThat(chain.anyOf())
                                .extracting(Filter.Link::type)
                                .containsExactly("Patient", "Encounter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "entity", "source"})
    void aChainToTheIdentifierOfWhatIsHeldNowhereLooksAtTheReferenceItself(String reference) {
        // Given
        SearchableTypes alone =
                TypesUnderTest.of(TypesUnderTest.type("AuditEvent", List.of("agent", "entity", "source", "patient")));

        // When
        SearchQuery query = SearchQuery.parse(
                alone, "AuditEvent", List.of(Map.entry(reference + ".identifier", "http://a|x")), NOW);

        // Then
        assertThat(query.filters())
                .isEqualTo(SearchQuery.parse(
                                alone, "AuditEvent", List.of(Map.entry(reference + ":identifier", "http://a|x")), NOW)
                        .filters());
    }

    @Test
    void thatOfAPatientWhoIsHeldNowhereIsRefused() {
        // Given
        SearchableTypes alone = TypesUnderTest.of(TypesUnderTest.type("AuditEvent", List.of("agent", "patient")));

        // When, Then
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> SearchQuery.parse(
                        alone, "AuditEvent", List.of(Map.entry("patient.identifier", "http://a|x")), NOW))
                .extracting(FhirProblemException::problem)
                .isInstanceOf(FhirProblem.UnknownSearchParameter.class);
    }

    @Test
    void aChainOfMoreThanFiveReferencesIsRefused() {
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> parse("Encounter", "part-of.part-of.part-of.part-of.part-of.part-of.status=planned"))
                .extracting(FhirProblemException::problem)
                .isInstanceOf(FhirProblem.InvalidSearchParameter.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target._has:Provenance:target:target._has:Provenance:target:target._id=x",
                "_filter=target._has:Provenance:target:target._has:Provenance:target:target._id eq x",
                "target._id=x&target._id=x&target._id=x&target._id=x&target._id=x&target._id=x&target._id=x&target._id=x"
                        + "&target._id=x&target._id=x&target._id=x&target._id=x&target._id=x&target._id=x&target._id=x"
            })
    @Timeout(60)
    void aSearchThatLooksThroughTooManyReferencesIsToldToNameTheType(String query) {
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> SearchQuery.parse(OF_A_SERVICE, "Provenance", parameters(query), NOW))
                .extracting(FhirProblemException::problem)
                .isInstanceOfSatisfying(
                        FhirProblem.InvalidSearchParameter.class,
                        problem -> assertThat(problem.diagnostics()).contains("500 references", "target:"));
    }

    @Test
    void aReferenceToAnyTypeMayBeFollowedAndOnesWithATypeToTheEnd() {
        // When
        SearchQuery any = SearchQuery.parse(OF_A_SERVICE, "Provenance", parameters("target._id=x"), NOW);
        SearchQuery deep = SearchQuery.parse(
                OF_A_SERVICE,
                "Provenance",
                parameters("target:Patient._has:Provenance:target:target:Patient._has:Provenance:target:target._id=x"),
                NOW);

        // Then
        assertThat(any.filters())
                .singleElement()
                .isInstanceOfSatisfying(
                        Filter.Chain.class, chain -> assertThat(chain.anyOf()).hasSameSizeAs(OF_A_SERVICE.all()));
        assertThat(deep.filters()).hasSize(1);
    }

    @Test
    void moreValuesThanCanBeLookedForThroughReferencesAreRefused() {
        // Given
        String many = "target._lastUpdated=" + String.join(",", Collections.nCopies(1000, "2020"));

        // Then
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> SearchQuery.parse(OF_A_SERVICE, "Provenance", parameters(many + "&" + many), NOW))
                .extracting(FhirProblemException::problem)
                .isInstanceOfSatisfying(
                        FhirProblem.InvalidSearchParameter.class,
                        problem -> assertThat(problem.diagnostics()).contains("65535 values"));
    }

    @Test
    void moreUnitsThanFiftyThatNobodyHasUsedAreRefused() {
        // Given
        String known = units(0, 50);
        parse("Observation", OF_A_SERVICE, known);
        String others = units(50, 101);

        // When, Then
        parse("Observation", OF_A_SERVICE, known + "&" + known);
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> parse("Observation", OF_A_SERVICE, others))
                .extracting(FhirProblemException::problem)
                .isInstanceOfSatisfying(FhirProblem.InvalidSearchParameter.class, problem -> {
                    assertThat(problem.name()).isEqualTo("value-quantity");
                    assertThat(problem.diagnostics()).contains("50 units");
                });
    }

    private static String units(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "1|http://unitsofmeasure.org|nobodys" + i)
                .collect(Collectors.joining(",", "value-quantity=", ""));
    }

    @Test
    void moreConditionsThanFiftyAreRefused() {
        // Given
        String many = String.join("&", Collections.nCopies(51, "name=a"));

        // Then
        assertThatExceptionOfType(FhirProblemException.class).isThrownBy(() -> parse("Patient", many));
    }

    @Test
    void anExpressionIsReadFromLeftToRight() {
        // When
        SearchQuery query = parse("Patient", "_filter=_id eq a or _id eq b and _id eq c");

        // Then
        assertThat(query.filters())
                .isEqualTo(parse("Patient", "_filter=(_id eq a or _id eq b) and _id eq c")
                        .filters())
                .isNotEqualTo(parse("Patient", "_filter=_id eq a or (_id eq b and _id eq c)")
                        .filters());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            Zo\\u00e9;        Zoé
            \\u005a\\u006Fé; Zoé
            a\\tb;            a\\u0009b
            a\\/b;            a/b
            a\\xb;            axb
            a\\"b;            a\\u0022b
            a\\\\n;          a\\u005cn
            """)
    void aValueInQuotesIsAStringOfJson(String written, String meant) {
        assertThat(parse("Patient", "_filter=family eq \"%s\"".formatted(written))
                        .filters())
                .isEqualTo(parse("Patient", "_filter=family eq \"%s\"".formatted(meant))
                        .filters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u", "\\u00e", "\\u00eg", "\\u+123"})
    void oneThatIsNotAStringOfJsonIsRefused(String written) {
        assertThatExceptionOfType(FhirProblemException.class)
                .isThrownBy(() -> parse("Patient", "_filter=family eq \"%s\"".formatted(written)))
                .extracting(FhirProblemException::problem)
                .isInstanceOfSatisfying(
                        FhirProblem.InvalidSearchParameter.class,
                        problem -> assertThat(problem.diagnostics()).contains("four hexadecimal digits"));
    }

    @Test
    void whatLacksOneOrAnotherIsNotWhatLacksBoth() {
        assertThat(parse("Patient", "_filter=name pr false or gender pr false").filters())
                .isNotEqualTo(parse("Patient", "_filter=not (name pr true or gender pr true)")
                        .filters())
                .singleElement()
                .isInstanceOfSatisfying(
                        Filter.Any.class, any -> assertThat(any.filters()).hasSize(2));
    }

    @Test
    void moreComparisonsThanFiftyAreRefused() {
        // Given
        String many = "_filter=" + String.join(" and ", Collections.nCopies(51, "name eq a"));

        // Then
        assertThatExceptionOfType(FhirProblemException.class).isThrownBy(() -> parse("Patient", many));
    }

    @Test
    void anIncludeKnowsItsReferenceAndTarget() {
        // When
        SearchQuery query = parse("Encounter", "_include=Encounter:subject:Patient");

        // Then
        assertThat(query.includes()).singleElement().satisfies(include -> {
            assertThat(include.reference()).hasToString("Encounter:subject");
            assertThat(include.target()).isEqualTo(Optional.of("Patient"));
            assertThat(include.reversed()).isFalse();
        });
    }

    @Test
    void neitherAQueryNorItsPositionPrintsAValue() {
        // When
        SearchQuery query = parse("Patient", "family=Ito&_sort=family").from(new PagePosition(List.of("ito"), 7));

        // Then
        assertThat(query + " " + query.beside()).doesNotContainIgnoringCase("ito");
    }

    private static SearchQuery parse(String type, SearchableTypes types, String query) {
        return SearchQuery.parse(types, type, parameters(query), NOW);
    }

    private static SearchQuery parse(String type, String query) {
        return SearchQuery.parse(TypesUnderTest.TYPES, type, parameters(query), NOW);
    }

    private static List<Map.Entry<String, String>> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair -> Map.entry(pair[0], pair[1]))
                .collect(Collectors.toList());
    }
}
