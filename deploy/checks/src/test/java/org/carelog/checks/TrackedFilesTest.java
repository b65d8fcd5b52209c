package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of the machine on which it was written is in a file that others get. */
class TrackedFilesTest {
    private static final Pattern SOMEBODYS_PATH =
            Pattern.compile("(?<![A-Za-z0-9_.~}-])/(?:home|Users|root|work|var/folders)/[A-Za-z0-9_.-]+/?");
    private static final Pattern ADDRESS = Pattern.compile("https?://([A-Za-z0-9.-]+)");
    private static final Pattern IMAGE = Pattern.compile("(?m)^\\s*(?:image:|FROM) *(\\S+)");

    /** In an image the user is known, and nobody is called that. */
    private static final Set<String> NOBODYS = Set.of("/root/.m2", "/home/somebody");

    /** Who defines what we implement or run; a new one is added here by whoever refers to it. */
    private static final List<String> PUBLIC = List.of(
            "hl7.org",
            "ihe.net",
            "nema.org",
            "loinc.org",
            "snomed.info",
            "unitsofmeasure.org",
            "w3.org",
            "rfc-editor.org",
            "whatwg.org",
            "c2sp.org",
            "apache.org",
            "quarkus.io",
            "postgresql.org",
            "keycloak.org",
            "openid.net",
            "json-schema.org",
            "smarthealthit.org",
            "nlm.nih.gov",
            "cms.gov",
            "synthetichealth.github.io",
            "github.com");

    /** Whence the wrapper gets Maven. */
    private static final String WRAPPER = ".mvn/wrapper/maven-wrapper.properties";

    @Test
    void noFileHasAPathOfSomebodysMachine() {
        assertThat(found(SOMEBODYS_PATH, 0))
                .filteredOn(path -> !NOBODYS.contains(path.what()))
                .isEmpty();
    }

    @Test
    void addressesAreOfThisMachineOfExamplesOrOfThoseWhoDefineWhatWeImplement() {
        assertThat(found(ADDRESS, 1))
                .filteredOn(address -> !isKnown(address.what()))
                .isEmpty();
    }

    @Test
    void packagesAndImagesAreNamedWithoutARegistry() {
        assertThat(found(ADDRESS, 1))
                .filteredOn(address -> address.what().matches("(repo|registry|packages)[0-9]*\\..*"))
                .extracting(Found::where)
                .containsOnly(WRAPPER);
        assertThat(found(IMAGE, 1))
                .filteredOn(image -> image.what().matches("[^/]*[.:][^/]*/.*"))
                .isEmpty();
    }

    /** As .editorconfig asks of editors. */
    @Test
    void everyFileEndsItsLinesAlike() {
        assertThat(Checkout.texts())
                .filteredOn(file -> !Checkout.text(file).isEmpty())
                .allSatisfy(file -> assertThat(Checkout.text(file))
                        .endsWith("\n")
                        .doesNotContain("\r")
                        .doesNotContainPattern("[ \t]\n"));
    }

    private record Found(String where, String what) {}

    private static List<Found> found(Pattern pattern, int group) {
        return Checkout.texts().stream()
                .flatMap(file -> found(file, pattern, group))
                .toList();
    }

    private static Stream<Found> found(Path file, Pattern pattern, int group) {
        return pattern.matcher(Checkout.text(file))
                .results()
                .map((MatchResult match) -> new Found(Checkout.name(file), match.group(group)));
    }

    private static boolean isKnown(String host) {
        return !host.contains(".")
                || host.matches("127\\.0\\.0\\.\\d+|192\\.0\\.2\\.\\d+")
                || host.matches("(.*\\.)?(example|example\\.org|example\\.com|invalid|test)")
                || PUBLIC.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
    }
}
