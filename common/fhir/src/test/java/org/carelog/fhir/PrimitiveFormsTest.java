package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.search.DateRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a date, a time, an oid or a uuid. https://hl7.org/fhir/R4/datatypes.html#primitive */
class PrimitiveFormsTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Date, 1980-01-01",
                "Date,1980-1-01",
                "Date,1980-+1-01",
                "Date,1980-01-01T10:00:00Z",
                "Date,0000",
                "DateTime,2024-01-01T10:00:00",
                "DateTime,2024-01-01T10:00Z",
                "DateTime,2024-01-01T24:00:00Z",
                "DateTime,2024-01-01T10:00:61Z",
                "DateTime,2024-01-01T10:00:00+19:00",
                "DateTime,2024-01-01T10:00:00+14:30",
                "DateTime,2024-01-01T10:00:00.12abcZ",
                "DateTime,2024-02-30",
                "DateTime,2024-01-01T10:00:00Z ",
                "Instant,2024-01-01",
                "Instant,2024-01-01T10:00:00",
                "Time,99:99",
                "Time,10:00",
                "Oid,x",
                "Oid,urn:oid:3.1",
                "Uuid,x",
                "Uuid,urn:uuid:0f6b2c1e"
            })
    void whatHasNotTheFormOfItsTypeIsAFaultThere(String type, String value) {
        // When
        FhirProblemException refused = catchThrowableOfType(FhirProblemException.class, () -> parse(type, value));

        // Then
        assertThat(((FhirProblem.InvalidContent) refused.problem()).faults())
                .extracting(Fault::expression)
                .containsExactly("Patient.extension[0].value" + type);
    }

    @ParameterizedTest
    @CsvSource({
        "Date, 1980",
        "Date, 1980-02",
        "Date, 1980-02-29",
        "DateTime, 2024",
        "DateTime, 2024-01-01T10:00:00Z",
        "DateTime, 2024-01-01T10:00:00.123456789012345678+01:00",
        "DateTime, 2016-12-31T23:59:60Z",
        "DateTime, 2024-01-01T10:00:00-14:00",
        "Instant, 2024-01-01T10:00:00.000+05:30",
        "Instant, 2016-12-31T23:59:60.5Z",
        "Time, 10:00:00",
        "Time, 23:59:60.25",
        "Oid, urn:oid:1.2.3.0",
        "Uuid, urn:uuid:0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f"
    })
    void whatHasItIsTakenAndADateCanBeLookedFor(String type, String value) {
        // When, Then
        assertThat(parse(type, value).type()).isEqualTo("Patient");
        if (!type.matches("Time|Oid|Uuid")) {
            DateRange range = DateRange.parse(value);
            assertThat(range.low()).isLessThan(range.high());
        }
    }

    private static Resource parse(String type, String value) {
        return FhirJson.parse(
                "{\"resourceType\":\"Patient\",\"extension\":[{\"url\":\"urn:x\",\"value%s\":\"%s\"}]}"
                        .formatted(type, value)
                        .getBytes(StandardCharsets.UTF_8),
                "Patient");
    }
}
