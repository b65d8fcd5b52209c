package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.carelog.fhir.patch.PatchedResource;
import org.carelog.fhir.patch.ResourcePatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes is a resource that can be written and read again, or a refusal; at once, and never a fault of ours. */
class ParserFuzzTest {
    private static final int CASES = 4_000;

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final String PATIENT = """
            {"resourceType":"Patient","id":"a","meta":{"profile":["http://example.org/p"],"tag":[{"system":"urn:t","code":"c"}]},
            "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>Ada</p></div>"},
            "contained":[{"resourceType":"Organization","id":"o","name":"x"}],
            "extension":[{"url":"http://example.org/e","valueDecimal":1.50}],"identifier":[{"system":"urn:t","value":"1"}],
            "active":true,"name":[{"use":"official","family":"Sample","given":["Ada",null],"_given":[null,{"id":"g"}]}],
            "gender":"female","birthDate":"1936-05-21","_birthDate":{"extension":[{"url":"http://example.org/t","valueDateTime":"1936-05-21T12:00:00Z"}]},
            "multipleBirthInteger":2,"managingOrganization":{"reference":"#o"}}""";

    private static final String BUNDLE = """
            {"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","name":[{"family":"Sample"}]},
            "request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:t|1"}},{"resource":{"resourceType":"Observation","status":"final",
            "code":{"text":"a"},"subject":{"reference":"urn:uuid:1"}},"request":{"method":"PUT","url":"Observation/o","ifMatch":"W/\\"1\\""}},
            {"request":{"method":"DELETE","url":"Observation?identifier=1"}}]}""";

    private static final String PATIENT_XML = """
            <?xml version="1.0" encoding="UTF-8"?><Patient xmlns="http://hl7.org/fhir"><id value="a"/><meta><profile value="http://example.org/p"/></meta>
            <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>Ada</p></div></text>
            <contained><Organization><id value="o"/><name value="x"/></Organization></contained>
            <extension url="http://example.org/e"><valueDecimal value="1.50"/></extension><active value="true"/>
            <name><family value="Sample"/><given value="Ada"/></name><gender value="female"/><birthDate value="1936-05-21"/></Patient>""";

    private static final String PROVENANCE = """
            {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"a scanner"}}]}""";

    private static final String JSON_PATCH = """
            [{"op":"test","path":"/active","value":true},{"op":"replace","path":"/name/0/given/0","value":"Eva"},
            {"op":"add","path":"/identifier/-","value":{"system":"urn:t","value":"2"}},{"op":"remove","path":"/_birthDate/extension/0"},
            {"op":"copy","from":"/name/0","path":"/name/1"},{"op":"move","from":"/gender","path":"/language"}]""";

    private static final String FHIRPATH_PATCH = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},
            {"name":"path","valueString":"Patient.name[0].given[0]"},{"name":"value","valueString":"Eva"}]},
            {"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},
            {"name":"name","valueString":"contact"},{"name":"value","part":[{"name":"name","valueHumanName":{"text":"x"}}]}]},
            {"name":"operation","part":[{"name":"type","valueCode":"move"},{"name":"path","valueString":"Patient.name[0].given"},
            {"name":"source","valueInteger":0},{"name":"destination","valueInteger":1}]}]}""";

    private static final String DELETE = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"delete"},
            {"name":"path","valueString":%s}]}]}""";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void jsonIsAResourceOrARefusal(long seed) {
        tryAll(seed, Mutations.ofJson(PATIENT, seed), json -> requireWhole(FhirJson.parse(bytes(json), "Patient")));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void aBundleIsOneOrARefusal(long seed) {
        tryAll(seed, Mutations.ofJson(BUNDLE, seed), json -> IncomingBundle.parse(bytes(json)));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void xmlIsAResourceOrARefusal(long seed) {
        tryAll(
                seed,
                Mutations.ofXml(PATIENT_XML, seed),
                xml -> requireWhole(FhirJson.parse(FhirXml.toJson(bytes(xml)), "Patient")));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11})
    void aProvenanceInAHeaderIsOneOrARefusal(long seed) {
        tryAll(seed, Mutations.ofJson(PROVENANCE, seed), IncomingProvenance::parse);
    }

    @ParameterizedTest
    @ValueSource(longs = {12, 13})
    void aJsonPatchIsDoneOrRefused(long seed) {
        tryAll(seed, Mutations.ofJson(JSON_PATCH, seed), json -> patch(ResourcePatch.json(bytes(json))));
    }

    @ParameterizedTest
    @ValueSource(longs = {14, 15})
    void aFhirPathPatchIsDoneOrRefused(long seed) {
        tryAll(seed, Mutations.ofJson(FHIRPATH_PATCH, seed), ParserFuzzTest::fhirPathPatch);
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 17})
    void aPathSelectsOrIsRefused(long seed) {
        tryAll(
                seed,
                Mutations.ofFhirPath("Patient.name.where(use = 'official').given[0].extension('urn:x').first()", seed),
                path -> fhirPathPatch(DELETE.formatted(new TextNode(path))));
    }

    private static void fhirPathPatch(String parameters) {
        patch(ResourcePatch.of(FhirJson.parse(bytes(parameters), "Parameters")));
    }

    private static void patch(ResourcePatch patch) {
        PatchedResource.of(patch.apply(bytes(PATIENT)), "Patient", "a");
    }

    private static void tryAll(long seed, Mutations mutations, Consumer<String> parser) {
        for (int number = 0; number < CASES; number++) {
            String text = mutations.next();
            long start = System.nanoTime();
            try {
                parser.accept(text);
            } catch (FhirProblemException e) {
                assertThat(e.problem())
                        .as("seed %d, case %d", seed, number)
                        .isNotInstanceOf(FhirProblem.Internal.class);
            } catch (RuntimeException | StackOverflowError e) {
                fail(
                        "seed %d, case %d: %s"
                                .formatted(seed, number, text.substring(0, Math.min(2_000, text.length()))),
                        e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d, case %d", seed, number)
                    .isLessThan(AT_ONCE);
        }
    }

    /** Whatever is let in can be stored, read and shown in every form. */
    private static void requireWhole(Resource resource) {
        assertThat(FhirJson.parseStored(resource.bytes()).says(resource)).isTrue();
        assertThat(FhirJson.encode(FhirJson.model(resource))).isNotEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
