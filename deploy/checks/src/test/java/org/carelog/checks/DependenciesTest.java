package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each dependency has its reason on the page of the decision. */
class DependenciesTest {
    private static final Pattern MANAGED = Pattern.compile("(?s)<dependencyManagement>.*?</dependencyManagement>");
    private static final Pattern EXCLUDED = Pattern.compile("(?s)<exclusions>.*?</exclusions>");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<(?:dependency|artifactItem)>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");

    private static final Page DECISION = Page.of("docs/adr/0008-dependencies.md");

    @Test
    void everyDependencyHasItsReason() {
        // Given
        Set<String> reasons = DECISION.code().collect(Collectors.toSet());

        // Then
        assertThat(direct())
                .hasSizeGreaterThan(30)
                .allSatisfy(artifact -> assertThat(reasons)
                        .anyMatch(reason ->
                                artifact.matches(reason.replace(".", "\\.").replace("*", ".*"))));
    }

    @Test
    void noReasonIsForSomethingThatIsGone() {
        // Given
        Set<String> direct = direct();

        // Then
        assertThat(DECISION.code().filter(code -> code.matches("[a-z0-9_.*-]{2,}") && !code.startsWith(".")))
                .allSatisfy(reason -> assertThat(direct)
                        .anyMatch(artifact ->
                                artifact.matches(reason.replace(".", "\\.").replace("*", ".*"))));
    }

    private static Set<String> direct() {
        List<String> poms =
                Checkout.texts("pom.xml").stream().map(Checkout::text).toList();
        Set<String> direct = new TreeSet<>();
        for (String pom : poms) {
            String own = EXCLUDED.matcher(MANAGED.matcher(pom).replaceAll("")).replaceAll("");
            DEPENDENCY
                    .matcher(own)
                    .results()
                    .filter(match -> !match.group(1).equals("org.carelog"))
                    .forEach(match -> direct.add(match.group(2)));
        }
        return direct;
    }
}
