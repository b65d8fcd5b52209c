package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/search.md: _total, where 30 matches are counted at most. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@QuarkusTestResource(ServiceResource.class)
class TotalTest {
    private static final int COUNTED = 30;

    private final String all = "/Patient?_count=1&_tag=urn:example:total|" + UUID.randomUUID();

    @BeforeEach
    void oneMoreThanIsCounted() {
        String tag = all.substring(all.indexOf('|') + 1);
        String entries = IntStream.rangeClosed(0, COUNTED)
                .mapToObj(i -> """
                        {"resource": {"resourceType": "Patient", "gender": "%s",
                            "meta": {"tag": [{"system": "urn:example:total", "code": "%s"}]}},
                         "request": {"method": "POST", "url": "Patient"}}""".formatted(i == 0 ? "male" : "female", tag))
                .collect(Collectors.joining(","));
        as("registrar")
                .body("{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [" + entries + "]}")
                .post("/")
                .then()
                .statusCode(200);
    }

    @Test
    void whatIsCountedIsExact() {
        for (String total : new String[] {"accurate", "estimate"}) {
            as("clinician")
                    .get(all + "&gender=female&_total=" + total)
                    .then()
                    .statusCode(200)
                    .body("total", equalTo(COUNTED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"&_total=accurate", "&_summary=count"})
    void whatIsMoreIsTooCostly(String asked) {
        as("clinician")
                .get(all + asked)
                .then()
                .statusCode(422)
                .body("issue[0].code", equalTo("too-costly"))
                .body("issue[0].diagnostics", containsString("More than " + COUNTED))
                .body("issue[0].diagnostics", containsString("_total=estimate"));
    }

    @Test
    void whatIsMoreCanBeEstimated() {
        as("clinician").get(all + "&_total=estimate").then().statusCode(200).body("total", greaterThan(COUNTED));
    }
}
