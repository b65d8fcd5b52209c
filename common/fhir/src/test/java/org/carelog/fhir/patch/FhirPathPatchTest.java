package org.carelog.fhir.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.OperationOutcomes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirPathPatchTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void anOperationChangesItsPlace(String name, String before, String operations, String after) {
        // When
        String patched = apply(before, operations);

        // Then
        assertThat(patched).isEqualTo(resource(after));
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("nothing to do", "'birthDate':'1920-01-01'", "", "'birthDate':'1920-01-01'"),
                change(
                        "add a primitive",
                        "",
                        add("Patient", "birthDate", "'valueDate':'1930-01-01'"),
                        "'birthDate':'1930-01-01'"),
                change(
                        "replace a primitive, its extensions too",
                        "'birthDate':'1920','_birthDate':{'extension':[{'url':'urn:x','valueBoolean':true}]}",
                        replace("Patient.birthDate", "'valueDate':'1930-01-01'"),
                        "'birthDate':'1930-01-01'"),
                change("delete a primitive", "'birthDate':'1920-01-01'", delete("Patient.birthDate"), ""),
                change("delete what is not there", "'active':true", delete("Patient.birthDate"), "'active':true"),
                change("a path without the type", "'active':true", delete("active"), ""),
                change(
                        "replace a nested code",
                        "'contact':[{'name':{'text':'a'},'gender':'male'}]",
                        replace("Patient.contact[0].gender", "'valueCode':'female'"),
                        "'contact':[{'name':{'text':'a'},'gender':'female'}]"),
                change(
                        "an element left empty goes",
                        "'contact':[{'name':{'text':'a'},'gender':'male'}]",
                        delete("Patient.contact[0].name.text"),
                        "'contact':[{'gender':'male'}]"),
                change(
                        "add a complex element",
                        "",
                        add("Patient", "maritalStatus", "'valueCodeableConcept':{'text':'married'}"),
                        "'maritalStatus':{'text':'married'}"),
                change(
                        "replace a complex element, its id too",
                        "'maritalStatus':{'id':'1','text':'married'}",
                        replace("Patient.maritalStatus", "'valueCodeableConcept':{'id':'2','text':'not married'}"),
                        "'maritalStatus':{'id':'2','text':'not married'}"),
                change(
                        "add an element without a type of its own",
                        "",
                        add(
                                "Patient",
                                "contact",
                                "'part':[{'name':'name','valueHumanName':{'text':'a'}},{'name':'gender','valueCode':'male'},"
                                        + "{'name':'telecom','valueContactPoint':{'value':'1'}},"
                                        + "{'name':'telecom','valueContactPoint':{'value':'2'}}]"),
                        "'contact':[{'name':{'text':'a'},'telecom':[{'value':'1'},{'value':'2'}],'gender':'male'}]"),
                change(
                        "parts of parts",
                        "",
                        add(
                                "Patient",
                                "contact",
                                "'part':[{'name':'name','part':[{'name':'given','valueString':'a'},{'name':'period',"
                                        + "'part':[{'name':'start','valueDateTime':'1936'}]}]}]"),
                        "'contact':[{'name':{'given':['a'],'period':{'start':'1936'}}}]"),
                change(
                        "delete an element without a type of its own",
                        "'contact':[{'gender':'male'}]",
                        delete("Patient.contact[0]"),
                        ""),
                change(
                        "add to the end of a list",
                        "'identifier':[{'value':'1'}]",
                        add("Patient", "identifier", "'valueIdentifier':{'value':'2'}"),
                        "'identifier':[{'value':'1'},{'value':'2'}]"),
                change(
                        "insert at the end",
                        "'identifier':[{'value':'1'},{'value':'2'}]",
                        insert("Patient.identifier", 2, "'valueIdentifier':{'value':'3'}"),
                        "'identifier':[{'value':'1'},{'value':'2'},{'value':'3'}]"),
                change(
                        "insert between",
                        "'identifier':[{'value':'1'},{'value':'2'}]",
                        insert("Patient.identifier", 1, "'valueIdentifier':{'value':'3'}"),
                        "'identifier':[{'value':'1'},{'value':'3'},{'value':'2'}]"),
                change(
                        "insert into a list that is empty",
                        "",
                        insert("Patient.identifier", 0, "'valueIdentifier':{'value':'1'}"),
                        "'identifier':[{'value':'1'}]"),
                change(
                        "insert a primitive",
                        "'name':[{'given':['a','b']}]",
                        insert("Patient.name[0].given", 0, "'valueString':'c'"),
                        "'name':[{'given':['c','a','b']}]"),
                change(
                        "delete from a list",
                        "'identifier':[{'value':'1'},{'value':'2'},{'value':'3'}]",
                        delete("Patient.identifier[1]"),
                        "'identifier':[{'value':'1'},{'value':'3'}]"),
                change(
                        "delete one of equal values",
                        "'name':[{'given':['a','b','a']}]",
                        delete("Patient.name.given.last()"),
                        "'name':[{'given':['a','b']}]"),
                change(
                        "delete by criteria",
                        "'name':[{'use':'old','family':'a'},{'use':'official','family':'b'}]",
                        delete("Patient.name.where(use = 'old' and family.exists())"),
                        "'name':[{'use':'official','family':'b'}]"),
                change(
                        "replace below criteria",
                        "'name':[{'use':'old','family':'a'},{'use':'official','family':'b'}]",
                        replace(
                                "Patient.name.where(use in ('official' | 'usual')).first().family",
                                "'valueString':'c'"),
                        "'name':[{'use':'old','family':'a'},{'use':'official','family':'c'}]"),
                change(
                        "move forwards",
                        "'identifier':[{'value':'1'},{'value':'2'},{'value':'3'},{'value':'4'}]",
                        move("Patient.identifier", 0, 3),
                        "'identifier':[{'value':'2'},{'value':'3'},{'value':'4'},{'value':'1'}]"),
                change(
                        "move backwards, twice",
                        "'identifier':[{'value':'1'},{'value':'2'},{'value':'3'},{'value':'4'}]",
                        move("Patient.identifier", 3, 0) + "," + move("Patient.identifier", 3, 1),
                        "'identifier':[{'value':'4'},{'value':'3'},{'value':'1'},{'value':'2'}]"),
                change(
                        "a choice takes another type",
                        "'deceasedBoolean':true",
                        replace("Patient.deceased", "'valueDateTime':'2020-05-01'"),
                        "'deceasedDateTime':'2020-05-01'"),
                change("add a choice", "", add("Patient", "deceased", "'valueBoolean':true"), "'deceasedBoolean':true"),
                change(
                        "delete a choice by its type",
                        "'deceasedBoolean':true",
                        delete("Patient.deceased.ofType(boolean)"),
                        ""),
                change(
                        "leave a choice of another type",
                        "'deceasedBoolean':true",
                        delete("Patient.deceased.ofType(dateTime)"),
                        "'deceasedBoolean':true"),
                change(
                        "add an extension",
                        "",
                        add("Patient", "extension", "'valueExtension':{'url':'urn:x','valueDecimal':1.50}"),
                        "'extension':[{'url':'urn:x','valueDecimal':1.50}]"),
                change(
                        "add an extension to a primitive",
                        "'birthDate':'1936'",
                        add(
                                "Patient.birthDate",
                                "extension",
                                "'part':[{'name':'url','valueUri':'urn:x'},{'name':'value','valueBoolean':true}]"),
                        "'birthDate':'1936','_birthDate':{'extension':[{'url':'urn:x','valueBoolean':true}]}"),
                change(
                        "replace an extension's value",
                        "'extension':[{'url':'urn:x','valueDecimal':1.50},{'url':'urn:y','valueCode':'a'}]",
                        replace("Patient.extension('urn:x').value", "'valueQuantity':{'value':2.0}"),
                        "'extension':[{'url':'urn:x','valueQuantity':{'value':2.0}},{'url':'urn:y','valueCode':'a'}]"),
                change(
                        "delete an extension",
                        "'extension':[{'url':'urn:x','valueCode':'a'},{'url':'urn:y','valueCode':'a'}]",
                        delete("Patient.extension('urn:x')"),
                        "'extension':[{'url':'urn:y','valueCode':'a'}]"),
                change(
                        "replace a narrative",
                        "'text':{'status':'generated','div':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">a</div>'}",
                        replace(
                                "Patient.text.div",
                                "'valueString':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">b</div>'"),
                        "'text':{'status':'generated','div':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">b</div>'}"),
                change(
                        "a period from parts, dates for times",
                        "",
                        add(
                                        "Patient",
                                        "identifier",
                                        "'part':[{'name':'value','valueString':'1'},{'name':'period','valuePeriod':{'start':'2020'}}]")
                                + ","
                                + add(
                                        "Patient.identifier.where(value = '1').period",
                                        "end",
                                        "'valueDate':'2021-12-01'"),
                        "'identifier':[{'value':'1','period':{'start':'2020','end':'2021-12-01'}}]"),
                change(
                        "add a contained resource",
                        "",
                        add("Patient", "contained", "'resource':{'resourceType':'Organization','id':'o','name':'a'}")
                                + ","
                                + add("Patient", "managingOrganization", "'valueReference':{'reference':'#o'}"),
                        "'contained':[{'resourceType':'Organization','id':'o','name':'a'}],'managingOrganization':{'reference':'#o'}"),
                change(
                        "change a contained resource",
                        "'contained':[{'resourceType':'Organization','id':'o','name':'a'}],'managingOrganization':{'reference':'#o'}",
                        replace("Patient.contained.where(id = 'o').name", "'valueString':'b'"),
                        "'contained':[{'resourceType':'Organization','id':'o','name':'b'}],'managingOrganization':{'reference':'#o'}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void anOperationThatCannotBeDoneIsNamedWithoutAValueOfTheRecord(String name, String operation, String path) {
        // Given
        String before =
                "'active':true,'name':[{'use':'old','family':'Secret'},{'use':'usual'}],'contact':[{},{'gender':'male'}]";

        // When
        FhirProblem problem = refusal(before, delete("Patient.gender") + "," + operation);

        // Then
        assertThat(problem).isInstanceOfSatisfying(FhirProblem.FailedPatch.class, failed -> {
            assertThat(failed.number()).isEqualTo(2);
            assertThat(failed.path()).isEqualTo(path);
        });
        assertThat(OperationOutcomes.status(problem)).isEqualTo(422);
        assertThat(new String(OperationOutcomes.json(problem), StandardCharsets.UTF_8))
                .doesNotContain("Secret", "Other");
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of("delete several", delete("Patient.name"), "Patient.name"),
                Arguments.of("delete the resource", replace("Patient", "'valueString':'Other'"), "Patient"),
                Arguments.of(
                        "replace nothing",
                        replace("Patient.name.where(family = 'Other')", "'valueHumanName':{'text':'x'}"),
                        "Patient.name.where(family = '…')"),
                Arguments.of(
                        "replace several",
                        replace("Patient.name", "'valueHumanName':{'text':'Other'}"),
                        "Patient.name"),
                Arguments.of(
                        "add to nothing",
                        add("Patient.maritalStatus", "text", "'valueString':'x'"),
                        "Patient.maritalStatus"),
                Arguments.of("add to several", add("Patient.name", "family", "'valueString':'x'"), "Patient.name"),
                Arguments.of("add where one is", add("Patient", "active", "'valueBoolean':false"), "Patient"),
                Arguments.of("add an unknown name", add("Patient", "nickname", "'valueString':'Other'"), "Patient"),
                Arguments.of(
                        "add a name with its type",
                        add("Patient", "deceasedBoolean", "'valueBoolean':true"),
                        "Patient"),
                Arguments.of(
                        "add a wrong type", add("Patient", "birthDate", "'valueHumanName':{'text':'x'}"), "Patient"),
                Arguments.of("add a wrong primitive", add("Patient", "birthDate", "'valueBoolean':true"), "Patient"),
                Arguments.of("add a wrong code", add("Patient", "gender", "'valueCode':'Other'"), "Patient"),
                Arguments.of("add a choice of no such type", add("Patient", "deceased", "'valueCode':'x'"), "Patient"),
                Arguments.of(
                        "add a wrong part",
                        add("Patient", "contact", "'part':[{'name':'x','valueCode':'x'}]"),
                        "Patient"),
                Arguments.of(
                        "add a part twice",
                        add(
                                "Patient",
                                "contact",
                                "'part':[{'name':'gender','valueCode':'male'},{'name':'gender','valueCode':'male'}]"),
                        "Patient"),
                Arguments.of(
                        "insert behind the end",
                        insert("Patient.name", 3, "'valueHumanName':{'text':'x'}"),
                        "Patient.name"),
                Arguments.of(
                        "insert into no list", insert("Patient.active", 0, "'valueBoolean':true"), "Patient.active"),
                Arguments.of(
                        "insert into several",
                        insert("Patient.name.given", 0, "'valueString':'x'"),
                        "Patient.name.given"),
                Arguments.of(
                        "insert into what was chosen",
                        insert("Patient.name[0]", 0, "'valueHumanName':{'text':'x'}"),
                        "Patient.name[0]"),
                Arguments.of("a URL that is none", delete("Patient.extension(given)"), "Patient.extension(given)"),
                Arguments.of(
                        "a day that is none",
                        delete("Patient.name.where(period.start = @2020-02-30)"),
                        "Patient.name.where(period.start = @…)"),
                Arguments.of("one of several", delete("Patient.name.single()"), "Patient.name.single()"),
                Arguments.of("move from nowhere", move("Patient.name", 2, 0), "Patient.name"),
                Arguments.of("move to nowhere", move("Patient.name", 0, 2), "Patient.name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'op'}",
                "{'name':'operation'}",
                "{'name':'operation','part':[{'name':'type','valueCode':'add'}]}",
                "{'name':'operation','part':[{'name':'type','valueCode':'test'},{'name':'path','valueString':'Patient'}]}",
                "{'name':'operation','part':[{'name':'type','valueCode':'delete'},{'name':'path','valueBoolean':true}]}",
                "{'name':'operation','part':[{'name':'type','valueCode':'delete'},{'name':'path','valueString':'Patient'},"
                        + "{'name':'path','valueString':'Patient'}]}",
                "{'name':'operation','part':[{'name':'type','valueCode':'delete'},{'name':'pfad','valueString':'Patient'}]}",
                "{'name':'operation','part':[{'name':'type','valueCode':'move'},{'name':'path','valueString':'Patient.name'},"
                        + "{'name':'source','valueInteger':-1},{'name':'destination','valueInteger':0}]}",
                "{'name':'operation','part':[{'name':'type','valueCode':'replace'},{'name':'path','valueString':'Patient.name'},"
                        + "{'name':'value'}]}"
            })
    void whatIsNoFhirPathPatchIsMalformed(String operation) {
        // When
        FhirProblem problem = refusal("", operation);

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.MalformedPatch.class);
        assertThat(OperationOutcomes.status(problem)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Patient.
            Patient..name
            Patient.name.where(
            Patient.name[
            Patient.name[(use
            Patient.extension(
            Patient.name | Patient.contact
            Patient.name.first() = 'Secret'
            -Patient.multipleBirth
            %resource.name
            (Patient.name)
            Patient.descendants()
            Patient.repeat(contact)
            Patient.name.select(given)
            Patient.managingOrganization.resolve().name
            Patient.name.where(%resource.name.exists())
            Patient.name.where(family.matches('(a+)+$'))
            Patient.name.where((given | family).exists())
            Patient.name.where(use in (given | 'a'))
            Patient.name.where(descendants().exists())
            Patient.name[%resource.name.count()]
            """)
    void aPathThatDoesMoreThanSelectIsMalformed(String path) {
        // When
        FhirProblem problem = refusal("'name':[{'family':'Secret'}]", delete(path.replace("'", "\\u0027")));

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.MalformedPatch.class);
        assertThat(problem.toString()).doesNotContain("Secret");
    }

    @Test
    void absurdPathsAndNumbersOfOperationsAreMalformed() {
        // When
        FhirProblem longPath = refusal("", delete("Patient" + ".name".repeat(1000)));
        FhirProblem deepPath =
                refusal("", delete("Patient.name.where(" + "(".repeat(480) + "true" + ")".repeat(480) + ")"));
        String lessDeep = apply("", delete("Patient.name.where(" + "(".repeat(99) + "true" + ")".repeat(99) + ")"));
        FhirProblem many = refusal("", String.join(",", java.util.Collections.nCopies(1001, delete("Patient.active"))));

        // Then
        assertThat(longPath).isInstanceOf(FhirProblem.MalformedPatch.class);
        assertThat(deepPath).isInstanceOf(FhirProblem.MalformedPatch.class);
        assertThat(lessDeep).isEqualTo(resource(""));
        assertThat(many).isInstanceOf(FhirProblem.MalformedPatch.class);
    }

    @Test
    void aBinaryHoldsAJsonPatch() {
        // When
        byte[] patched = patch(binary("application/json-patch+json")).apply(bytes("{'a':1,'active':true}"));

        // Then
        assertThat(patched).isEqualTo(bytes("{'a':1}"));
    }

    @Test
    void aBinaryOfAnotherTypeIsNoPatch() {
        // When
        FhirProblem problem = catchThrowableOfType(FhirProblemException.class, () -> patch(binary("application/json")))
                .problem();

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.MalformedPatch.class);
    }

    @Test
    void aBodyThatIsNoParametersResourceIsRefused() {
        // When
        FhirProblem problem = catchThrowableOfType(
                        FhirProblemException.class, () -> patch(bytes("{'resourceType':'Patient'}")))
                .problem();

        // Then
        assertThat(problem).isEqualTo(new FhirProblem.WrongResourceType("Parameters or Binary"));
    }

    private static Arguments change(String name, String before, String operations, String after) {
        return Arguments.of(name, before, operations, after);
    }

    private static String add(String path, String name, String value) {
        return operation("add", path, "{'name':'name','valueString':'%s'},{'name':'value',%s}".formatted(name, value));
    }

    private static String insert(String path, int index, String value) {
        return operation(
                "insert", path, "{'name':'index','valueInteger':%d},{'name':'value',%s}".formatted(index, value));
    }

    private static String delete(String path) {
        return operation("delete", path, "");
    }

    private static String replace(String path, String value) {
        return operation("replace", path, "{'name':'value',%s}".formatted(value));
    }

    private static String move(String path, int source, int destination) {
        return operation(
                "move",
                path,
                "{'name':'source','valueInteger':%d},{'name':'destination','valueInteger':%d}"
                        .formatted(source, destination));
    }

    private static String operation(String type, String path, String more) {
        return "{'name':'operation','part':[{'name':'type','valueCode':'%s'},{'name':'path','valueString':'%s'}%s]}"
                .formatted(type, path.replace("'", "\\u0027"), more.isEmpty() ? "" : "," + more);
    }

    private static String apply(String members, String operations) {
        byte[] patch = bytes("{'resourceType':'Parameters'%s}"
                .formatted(operations.isEmpty() ? "" : ",'parameter':[" + operations + "]"));
        return new String(
                patch(patch).apply(resource(members).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** With {@code [{"op":"remove","path":"/active"}]} in it. */
    private static byte[] binary(String contentType) {
        return bytes(
                "{'resourceType':'Binary','contentType':'%s','data':'W3sib3AiOiJyZW1vdmUiLCJwYXRoIjoiL2FjdGl2ZSJ9XQ=='}"
                        .formatted(contentType));
    }

    private static ResourcePatch patch(byte[] json) {
        return ResourcePatch.of(FhirJson.parse(json, ResourcePatch.RESOURCE_TYPES));
    }

    private static String resource(String members) {
        return "{'resourceType':'Patient','id':'p'%s}"
                .formatted(members.isEmpty() ? "" : "," + members)
                .replace('\'', '"');
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static FhirProblem refusal(String members, String operations) {
        return catchThrowableOfType(FhirProblemException.class, () -> apply(members, operations))
                .problem();
    }
}
