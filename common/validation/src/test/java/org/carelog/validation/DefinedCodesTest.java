package org.carelog.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carelog.fhir.search.CodeSet;
import org.carelog.fhir.search.CodeSet.Coding;
import org.carelog.testing.PackageFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinedCodesTest {
    private static final String COLOURS = "http://example.org/CodeSystem/colours";
    private static final String SETS = "http://example.org/ValueSet/";

    @TempDir
    static Path folder;

    private static DefinedCodes codes;

    @BeforeAll
    static void readPackage() throws IOException {
        Path file = PackageFile.write(
                folder,
                Map.of(
                        "package.json", "{\"name\":\"example\",\"fhirVersions\":[\"4.0.1\"]}",
                        "colours.json", """
                {"resourceType":"CodeSystem","url":"%s","status":"active","content":"complete","concept":[
                {"code":"red","concept":[{"code":"scarlet","concept":[{"code":"vermilion"}]},{"code":"crimson"}]},
                {"code":"blue"}]}""".formatted(COLOURS),
                        "all.json", valueSet("all", include("")),
                        "some.json",
                                valueSet("some", include(",\"concept\":[{\"code\":\"blue\"},{\"code\":\"scarlet\"}]")),
                        "reds.json", valueSet("reds", include(filter("is-a", "red"))),
                        "shades.json", valueSet("shades", include(filter("descendent-of", "red"))),
                        "both.json", valueSet("both", "{\"valueSet\":[\"%ssome\",\"%sreds\"]}".formatted(SETS, SETS)),
                        "not-red.json",
                                valueSet("not-red", include("") + "],\"exclude\":[" + include(filter("is-a", "red"))),
                        "itself.json", valueSet("itself", "{\"valueSet\":[\"%sitself\"]}".formatted(SETS)),
                        "regex.json", valueSet("regex", include(filter("regex", "r.*")))));
        codes = new DefinedCodes(new LoadedDefinitions(new ValidationConfig() {
            @Override
            public Optional<List<Path>> packages() {
                return Optional.of(List.of(file));
            }

            @Override
            public MemorySize maxSize() {
                return new MemorySize(BigInteger.TEN);
            }

            @Override
            public Duration timeout() {
                return Duration.ofMinutes(1);
            }
        }));
    }

    private static String valueSet(String name, String include) {
        return "{\"resourceType\":\"ValueSet\",\"url\":\"%s%s\",\"status\":\"active\",\"compose\":{\"include\":[%s]}}"
                .formatted(SETS, name, include);
    }

    private static String include(String members) {
        return "{\"system\":\"%s\"%s}".formatted(COLOURS, members);
    }

    private static String filter(String operator, String value) {
        return ",\"filter\":[{\"property\":\"concept\",\"op\":\"%s\",\"value\":\"%s\"}]".formatted(operator, value);
    }

    @ParameterizedTest
    @CsvSource({
        "some, blue scarlet",
        "reds, red scarlet vermilion crimson",
        "shades, scarlet vermilion crimson",
        "both, scarlet",
        "not-red, blue"
    })
    void aValueSetHasTheCodesThatItSays(String name, String expected) {
        // When
        CodeSet found = codes.in(SETS + name);

        // Then
        assertThat(found.systems()).isEmpty();
        assertThat(found.codings()).allMatch(coding -> coding.system().equals(COLOURS));
        assertThat(found.codings()).extracting(Coding::code).containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void aWholeCodeSystemNeedsNoList() {
        assertThat(codes.in(SETS + "all")).isEqualTo(new CodeSet(Set.of(COLOURS), Set.of()));
    }

    @Test
    void theValueSetsOfR4AreKnown() {
        assertThat(codes.in("http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1")
                        .systems())
                .containsExactly("http://hl7.org/fhir/administrative-gender");
    }

    @Test
    void aCodeSubsumesThoseBelowIt() {
        assertThat(codes.below(new Coding(COLOURS, "scarlet")).codings())
                .extracting(Coding::code)
                .containsExactlyInAnyOrder("scarlet", "vermilion");
        assertThat(codes.above(new Coding(COLOURS, "vermilion")).codings())
                .extracting(Coding::code)
                .containsExactlyInAnyOrder("vermilion", "scarlet", "red");
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> codes.in(SETS + "missing"));
        assertThatIllegalArgumentException().isThrownBy(() -> codes.in(SETS + "itself"));
        assertThatIllegalArgumentException().isThrownBy(() -> codes.in(SETS + "regex"));
        assertThatIllegalArgumentException().isThrownBy(() -> codes.below(new Coding("http://snomed.info/sct", "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> codes.above(new Coding(COLOURS, "loud")));
    }
}
