package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/search.md, as Observation has it: numbers and what is measured. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ObservationSearchTest {
    private static final String UCUM = "http://unitsofmeasure.org";

    private static String patient;
    /** The observations of that patient, by what these tests call them. */
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    private static void onePatientsObservations() {
        if (patient != null) {
            return;
        }
        String one = newId();
        PatientEvents.apply(PatientEvents.created(one, "Measured"));
        measured(one, "sugar", "glucose", quantity("126", "mg/dL"));
        measured(one, "sugarInGrams", "glucose", quantity("1.26", "g/L"));
        measured(one, "below", "glucose", "\"comparator\":\"<\"," + quantity("40", "mg/dL"));
        measured(one, "weight", "weight", quantity("72.5", "kg"));
        measured(one, "score", "score", "\"value\":7");
        measured(
                one, "ownUnit", "puffs", "\"value\":7,\"unit\":\"puffs\",\"system\":\"urn:test:units\",\"code\":\"p\"");
        created(one, "high", "bp", components(component("systolic", "140"), component("diastolic", "80")));
        created(one, "swapped", "bp", components(component("systolic", "80"), component("diastolic", "140")));
        created(one, "positive", "culture", concept("found"));
        created(
                one,
                "panel",
                "swabs",
                components(answered("nose", concept("found")), answered("throat", concept("absent"))));
        created(one, "labelled", "label", """
                "category":[{"text":"Vital signs"},{"coding":[{"code":"lab","display":"Laboratory – blood"}]}],
                "performer":[{"display":"Ward Zoë"}],
                "identifier":[{"system":"urn:test:ids","value":"L1","type":{"text":"Placer number",
                "coding":[{"system":"urn:test:types","code":"PLAC"}]}}]""");
        created(one, "told", "remark", "\"valueString\":\"Felt well, $ or not\"");
        patient = one;
    }

    private static String quantity(String value, String code) {
        return "\"value\":%s,\"unit\":\"%s\",\"system\":\"%s\",\"code\":\"%s\"".formatted(value, code, UCUM, code);
    }

    private static void measured(String of, String name, String code, String quantity) {
        created(of, name, code, "\"valueQuantity\":{%s}".formatted(quantity));
    }

    private static String components(String... components) {
        return "\"component\":[%s]".formatted(String.join(",", components));
    }

    private static String component(String code, String value) {
        return answered(code, "\"valueQuantity\":{%s}".formatted(quantity(value, "mm[Hg]")));
    }

    private static String answered(String code, String value) {
        return "{\"code\":{\"coding\":[{\"system\":\"urn:test:codes\",\"code\":\"%s\"}]},%s}".formatted(code, value);
    }

    private static String concept(String code) {
        return "\"valueCodeableConcept\":{\"coding\":[{\"system\":\"urn:test:answers\",\"code\":\"%s\"}]}"
                .formatted(code);
    }

    private static void created(String of, String name, String code, String members) {
        String address = Resources.created("""
                {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/%s"},
                "code":{"coding":[{"system":"urn:test:codes","code":"%s"}]},%s}""".formatted(of, code, members));
        NAMES.put(address.substring(address.indexOf('/') + 1), name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "value-quantity=126; sugar",
                "value-quantity=126|UCUM|mg/dL; sugar sugarInGrams",
                "value-quantity=1.26|UCUM|g/L; sugar sugarInGrams",
                "value-quantity=130|UCUM|mg/dL; ''",
                "value-quantity=1.3e2|UCUM|mg/dL; sugar sugarInGrams",
                "value-quantity=126||mg/dL; sugar",
                "value-quantity=126||g/L; ''",
                "value-quantity=7; score ownUnit",
                "value-quantity=7||puffs; ownUnit",
                "value-quantity=7||p; ownUnit",
                "value-quantity=7|urn:test:units|p; ownUnit",
                "value-quantity=7|urn:test:units|q; ''",
                "value-quantity=gt100|UCUM|mg/dL; sugar sugarInGrams",
                "value-quantity=gt126|UCUM|mg/dL; ''",
                "value-quantity=ge126|UCUM|mg/dL; sugar sugarInGrams",
                "value-quantity=lt126|UCUM|mg/dL; below",
                "value-quantity=le126|UCUM|mg/dL; sugar sugarInGrams below",
                "value-quantity=sa39|UCUM|mg/dL; sugar sugarInGrams",
                "value-quantity=eb41|UCUM|mg/dL; below",
                "value-quantity=ge40|UCUM|mg/dL; sugar sugarInGrams",
                "value-quantity=ne126|UCUM|mg/dL; below",
                "value-quantity=ap120|UCUM|mg/dL; sugar sugarInGrams",
                "value-quantity=72500|UCUM|g; weight",
                "value-quantity=gt70|UCUM|kg,7; weight score ownUnit",
                "value-quantity=gt1&value-quantity=lt10; sugarInGrams score ownUnit below",
                "value-quantity:missing=false&code=score; score",
                "combo-value-quantity=72.5; weight",
                "combo-value-quantity=140||mm[Hg]; high swapped"
            })
    void aNumberIsFoundInWhateverUnitItIsAskedFor(String query, String expected) {
        // Given
        onePatientsObservations();

        // When
        Response answer = found(query);

        // Then
        assertThat(names(answer)).containsExactlyInAnyOrder(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "component-code-value-quantity=systolic$140; high",
                "component-code-value-quantity=urn:test:codes|systolic$gt100|UCUM|mm[Hg]; high",
                "component-code-value-quantity=systolic$gt13|UCUM|kPa; high",
                "component-code-value-quantity=urn:other|systolic$140; ''",
                "component-code-value-quantity=diastolic$140,systolic$140; high swapped",
                "component-code-value-quantity=urn:test:codes|$140; high swapped",
                "component-code=systolic&component-value-quantity=140; high swapped",
                "combo-code-value-quantity=systolic$140; high",
                "combo-code-value-quantity=weight$72.5; weight",
                "combo-code-value-quantity=bp$140; ''",
                "code-value-quantity=weight$gt70|UCUM|kg; weight",
                "code-value-quantity=score$gt6,weight$lt100; score weight",
                "code-value-quantity=weight$7; ''",
                "component-code-value-concept=nose$found; panel",
                "component-code-value-concept=nose$urn:test:answers|found; panel",
                "component-code-value-concept=throat$found; ''",
                "component-code-value-concept=throat$urn:test:answers|; panel",
                "combo-code-value-concept=nose$found,culture$found; panel positive",
                "code-value-concept=culture$found; positive",
                "code-value-string=remark$felt; told",
                "code-value-string=remark$felt well \\$ or; told",
                "code-value-string=score$felt; ''",
                "combo-code=systolic,culture; high swapped positive",
                "combo-code:not=glucose,weight,score,puffs,systolic,nose; positive told labelled",
                "combo-value-concept:missing=false; positive panel",
                "combo-code=systolic&combo-value-quantity:missing=true; ''"
            })
    void whatStandsTogetherIsFoundTogether(String query, String expected) {
        // Given
        onePatientsObservations();

        // When
        Response answer = found(query);

        // Then
        assertThat(names(answer)).containsExactlyInAnyOrder(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "category:text=vital; labelled",
                "category:text=VITAL SÍGNS; labelled",
                "category:text=laboratory; labelled",
                "category:text=signs; ''",
                "category:text=lab; labelled",
                "category:text=nothing,vital; labelled",
                "category:text=vital&category:text=labora; labelled",
                "code:text=vital; ''",
                "category=vital; ''",
                "performer:text=ward zoe; labelled",
                "performer:text=zoe; ''",
                "identifier:text=placer; labelled",
                "identifier:of-type=urn:test:types|PLAC|L1; labelled",
                "identifier:of-type=urn:test:types|PLAC|L2; ''",
                "identifier:of-type=urn:test:types|FILL|L1; ''",
                "category:not=lab&code=label; ''",
                "category:missing=false; labelled",
                "identifier:missing=false; labelled"
            })
    void aCodeIsFoundByItsTextAndAnIdentifierByItsType(String query, String expected) {
        // Given
        onePatientsObservations();

        // When
        Response answer = found(query);

        // Then
        assertThat(names(answer)).containsExactlyInAnyOrder(words(expected));
    }

    @ParameterizedTest
    @CsvSource({"subject:text, 2", "patient:text, 1"})
    void aTextIsThatOfTheReferencesThatTheParameterIsAbout(String name, int expected) {
        // Given
        onePatientsObservations();
        String display = "Ward" + newId();
        String group = Resources.created("{\"resourceType\":\"Group\",\"type\":\"person\",\"actual\":true}");
        for (String subject : List.of(group, "Patient/" + patient)) {
            Resources.created("""
                    {"resourceType":"Observation","status":"final","code":{"text":"x"},
                    "subject":{"reference":"%s","display":"%s"}}""".formatted(subject, display));
        }

        // When, Then
        as("clinician")
                .get("/Observation?%s=%s".formatted(name, display))
                .then()
                .statusCode(200)
                .body("total", equalTo(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "status:text=x, status:text",
        "status:of-type=x, status:of-type",
        "identifier:of-type=a|b, identifier:of-type",
        "identifier:of-type=a||c, identifier:of-type",
        "category:text=--, category:text",
        "category:in=x, category:in",
        "category:above=x, category:above",
        "performer:not=x, performer:not"
    })
    void aModifierThatIsNoneOfTheParametersIsRefusedByName(String query, String name) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Observation?" + encoded(query))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString(name));
    }

    @ParameterizedTest
    @CsvSource({
        "code-value-quantity=weight, code-value-quantity",
        "code-value-quantity=weight$, code-value-quantity",
        "code-value-quantity=weight$1$2, code-value-quantity",
        "code-value-quantity=weight$heavy, code-value-quantity",
        "code-value-quantity:missing=true, code-value-quantity:missing",
        "_sort=code-value-quantity, _sort",
        "_sort=combo-value-quantity, _sort"
    })
    void whatIsNoCompositeIsRefusedByName(String query, String name) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Observation?" + encoded(query))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString(name));
    }

    @ParameterizedTest
    @CsvSource({
        "value-quantity, below sugar sugarInGrams",
        "-value-quantity, sugarInGrams sugar below",
    })
    void numbersAreInOrderByWhatTheyMeasure(String sort, String expected) {
        // Given
        onePatientsObservations();

        // When
        Response answer = found("code=glucose&_sort=" + sort + ",_id");

        // Then: of the two that are the same, either is first
        assertThat(names(answer).stream().map(name -> name.replace("InGrams", "")))
                .containsExactly(words(expected.replace("InGrams", "")));
    }

    @ParameterizedTest
    @CsvSource({"combo-code, high weight", "-combo-code, weight high"})
    void ofSeveralPartsTheFirstCodeOfAllCounts(String sort, String expected) {
        // Given
        onePatientsObservations();

        // When
        Response answer = found("combo-code-value-quantity=systolic$140,weight$72.5&_sort=" + sort);

        // Then
        assertThat(names(answer)).containsExactly(words(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "value-quantity=Xanthippe",
        "value-quantity=xx5",
        "value-quantity=5|mg",
        "value-quantity=5|UCUM|",
        "value-quantity=5|a|b|c",
        "value-quantity=1e9999",
        "value-quantity:not=5"
    })
    void whatIsNoQuantityIsRefusedByName(String query) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Observation?" + encoded(query))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("value-quantity"));
    }

    private static Response found(String query) {
        return as("clinician").urlEncodingEnabled(false).get("/Observation?patient=" + patient + "&" + encoded(query));
    }

    private static String encoded(String query) {
        return query.replace("UCUM", UCUM)
                .replace("|", "%7C")
                .replace("\\", "%5C")
                .replace(" ", "%20")
                .replace("Í", "%C3%8D")
                .replace("[", "%5B")
                .replace("]", "%5D");
    }

    private static List<String> names(Response answer) {
        answer.then().statusCode(200);
        List<String> ids = answer.path("entry.resource.id");
        return ids == null ? List.of() : ids.stream().map(NAMES::get).toList();
    }

    private static String[] words(String text) {
        return Arrays.stream(text.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }
}
