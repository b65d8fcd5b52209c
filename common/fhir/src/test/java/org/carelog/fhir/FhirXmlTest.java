package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FhirXmlTest {

    @Test
    void whatIsSaidInXmlIsSaidInJson() {
        assertThat(json("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Patient xmlns="http://hl7.org/fhir"><id value="a"/><active value="true"/>\
                <name><family value="Ødegård"/></name></Patient>"""))
                .isEqualTo(
                        "{\"resourceType\":\"Patient\",\"id\":\"a\",\"active\":true,\"name\":[{\"family\":\"Ødegård\"}]}");
    }

    static Stream<String> attacks() {
        return Stream.of(
                "<!DOCTYPE Patient [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                        + "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&x;\"/></Patient>",
                "<!DOCTYPE Patient SYSTEM \"http://127.0.0.1:1/x.dtd\"><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
                        + "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"&c;\"/></name></Patient>",
                "<!DOCTYPE p [<!ENTITY % e SYSTEM \"file:///etc/hostname\"> %e;]><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"&undefined;\"/></name></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\">" + "<name>".repeat(10_000),
                "<Patient xmlns=\"http://hl7.org/fhir\">" + "<x/>".repeat(300_000) + "</Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\">" + "<active value=\"true\"/>".repeat(150_000) + "</Patient>",
                "<Bundle xmlns=\"http://hl7.org/fhir\">" + "<entry/>".repeat(600_000) + "</Bundle>",
                "<Patient xmlns=\"http://hl7.org/fhir\">",
                "{}",
                "");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void whatIsNoPlainDocumentIsMalformed(String xml) {
        assertThatThrownBy(() -> json(xml))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(FhirProblem.MalformedXml.class));
    }

    @Test
    void ofManyFaultsTheFirstHundredAreKept() {
        assertThatThrownBy(() -> json("<Patient xmlns=\"http://hl7.org/fhir\">" + "<x/>".repeat(1_000) + "</Patient>"))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(((FhirProblem.InvalidContent) refused.problem()).faults())
                                .hasSize(100));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoResourceIsInvalid(String xml) {
        assertThatThrownBy(() -> json(xml))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(FhirProblem.InvalidContent.class));
    }

    static Stream<String> whatIsNoResourceIsInvalid() {
        return Stream.of(
                "<html/>",
                "<Patient/>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><colour value=\"x\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"perhaps\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><active colour=\"x\"/></Patient>");
    }

    private static String json(String xml) {
        return new String(FhirXml.toJson(xml.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
