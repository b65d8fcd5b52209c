package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.unique;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/search.md: value sets, and codes that subsume others */
@QuarkusTest
@TestProfile(OtherSettings.class)
@QuarkusTestResource(ServiceResource.class)
class CodeSetSearchTest {
    private static String family;
    /** The colours of the patients, by their ids. */
    private static final Map<String, String> COLOURED = new LinkedHashMap<>();

    @BeforeEach
    void threeColours() {
        if (family == null) {
            String name = unique("Coloured");
            for (String colour : List.of("red", "scarlet", "blue")) {
                COLOURED.put(
                        Patients.created("""
                                {"resourceType":"Patient","meta":{"tag":[{"system":"%s","code":"%s"}]},"name":[{"family":"%s"}],"gender":"%s"}""".formatted(
                                        OwnPackage.COLOURS, colour, name, colour.equals("blue") ? "male" : "female")),
                        colour);
            }
            family = name;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "_tag:in=REDS, red scarlet",
        "_tag:not-in=REDS, blue",
        "_tag:below=COLOURS%7Cred, red scarlet",
        "_tag:below=COLOURS%7Cscarlet, scarlet",
        "_tag:above=COLOURS%7Cscarlet, red scarlet",
        "_tag:above=COLOURS%7Cred, red",
        "_filter=_tag+in+REDS+and+gender+eq+female, red scarlet",
        "_filter=_tag+ni+REDS, blue",
        "_filter=_tag+ss+COLOURS%7Cred, red scarlet",
        "gender:in=http://hl7.org/fhir/ValueSet/administrative-gender, red scarlet blue",
        "gender:not-in=http://hl7.org/fhir/ValueSet/administrative-gender, ''"
    })
    void whatHasACodeOfThoseIsFound(String query, String expected) {
        // When
        Response answer = search(query);

        // Then
        answer.then().statusCode(200);
        List<String> ids = answer.path("entry.resource.id");
        assertThat(ids == null ? List.<String>of() : ids)
                .extracting(COLOURED::get)
                .containsExactlyInAnyOrder(Arrays.stream(expected.split(" "))
                        .filter(word -> !word.isEmpty())
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "_tag:in=http://example.org/ValueSet/missing, none of the packages",
        "_tag:below=http://snomed.info/sct%7C73211009, none of the packages",
        "_tag:above=COLOURS%7Cloud, no such code",
        "_tag:below=red, system|code"
    })
    void whatIsNotKnownHereIsRefused(String query, String says) {
        search(query).then().statusCode(400).body("issue[0].diagnostics", containsString(says));
    }

    private static Response search(String query) {
        return as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient?family=%s&%s"
                        .formatted(
                                family, query.replace("REDS", OwnPackage.REDS).replace("COLOURS", OwnPackage.COLOURS)));
    }
}
