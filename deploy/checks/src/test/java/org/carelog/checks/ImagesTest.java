package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carelog.local.platform.GatewayPart;
import org.carelog.local.service.ServiceProgram;
import org.junit.jupiter.api.Test;

/** Which images are used, and what they are made of. */
class ImagesTest {
    private static final String DOCKERFILE = Checkout.text("deploy/compose/Dockerfile");
    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)(?: AS (\\S+))?$");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--chmod=\\S+ )?(deploy/\\S+) ");

    @Test
    void everyImageHasATagThatSaysItsRelease() {
        assertThat(used())
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image)
                        .matches("[a-z0-9/-]+:[0-9][A-Za-z0-9.-]*")
                        .doesNotContain("latest"));
    }

    /** The releases that are tested are the releases that are deployed. */
    @Test
    void theServersAreThoseOfTheLocalPlatform() {
        assertThat(used())
                .contains(
                        "postgres:" + version("postgres.version").replaceFirst("\\.0$", ""),
                        "apache/kafka:" + version("kafka.version"),
                        "keycloak/keycloak:" + version("keycloak.version"),
                        "eclipse-temurin:" + version("maven.compiler.release") + "-jre-noble");
        assertThat(used().map(image -> image.split(":")[0])).contains("postgres", "apache/kafka", "keycloak/keycloak");
    }

    @Test
    void oursAreOfThisRelease() {
        assertThat(used().filter(image -> image.startsWith("carelog/")))
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image).endsWith(":" + release()));
    }

    @Test
    void whatIsCopiedIntoThemIsThere() {
        assertThat(COPY.matcher(DOCKERFILE).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Checkout.file(file)).isRegularFile());
    }

    @Test
    void whatIsBuiltIsAStageOfTheDockerfile() {
        // Given
        List<String> stages =
                FROM.matcher(DOCKERFILE).results().map(match -> match.group(2)).toList();

        // Then
        assertThat(Compose.containers().values())
                .extracting(container -> container.path("build"))
                .filteredOn(JsonNode::isObject)
                .isNotEmpty()
                .allSatisfy(build -> {
                    assertThat(stages).contains(build.path("target").asText());
                    assertThat(Compose.DIRECTORY.resolve(build.path("context").asText()))
                            .isEqualTo(Compose.DIRECTORY.resolve("../.."));
                    assertThat(Checkout.file(build.path("dockerfile").asText())).isRegularFile();
                    assertThat(build.at("/args/SERVICE").asText("patient-service"))
                            .isIn(DeclaredService.ALL.stream()
                                    .map(DeclaredService::name)
                                    .toList());
                });
    }

    @Test
    void nothingRunsAsRoot() {
        // Given
        String runtime = DOCKERFILE.substring(DOCKERFILE.indexOf(" AS runtime"));

        // Then
        assertThat(runtime).contains("\nUSER 10001:10001\n").doesNotContain("USER root", "USER 0");
        assertThat(Compose.container("postgres").path("user").asText()).isEqualTo("postgres");
    }

    /** What was measured is what is deployed. */
    @Test
    void theJvmsAreToldWhatTheLocalPlatformTellsThem() {
        assertThat(entrypoint("service"))
                .startsWith("java")
                .containsAll(ServiceProgram.JVM)
                .endsWith("-jar", "/app/quarkus-run.jar")
                .hasSize(ServiceProgram.JVM.size() + 3);
        assertThat(entrypoint("gateway"))
                .startsWith("java")
                .containsAll(GatewayPart.JVM)
                .endsWith("-jar", "/app/carelog-gateway.jar")
                .hasSize(GatewayPart.JVM.size() + 3);
    }

    private static List<String> entrypoint(String stage) {
        String after = DOCKERFILE.substring(DOCKERFILE.indexOf("FROM runtime AS " + stage));
        String array =
                after.substring(after.indexOf("ENTRYPOINT ["), after.indexOf("]", after.indexOf("ENTRYPOINT [")));
        return Pattern.compile("\"([^\"]+)\"")
                .matcher(array)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Images that are named anywhere and not built here as a stage. */
    private static Stream<String> used() {
        List<String> stages =
                FROM.matcher(DOCKERFILE).results().map(match -> match.group(2)).toList();
        return Stream.of(
                        FROM.matcher(DOCKERFILE).results().map((MatchResult match) -> match.group(1)),
                        Compose.containers().values().stream()
                                .map(container -> container.path("image").asText()),
                        Stream.of("base", "jobs")
                                .flatMap(kustomization -> Manifests.of(kustomization).pods().stream())
                                .map(pod ->
                                        pod.getSpec().getContainers().getFirst().getImage()))
                .flatMap(images -> images)
                .filter(image -> !stages.contains(image))
                .distinct();
    }

    private static String version(String property) {
        return pom("<%1$s>([^<]+)</%1$s>".formatted(property.replace(".", "\\.")));
    }

    private static String release() {
        return pom("<version>([^<]+)-SNAPSHOT</version>");
    }

    private static String pom(String pattern) {
        return Pattern.compile(pattern)
                .matcher(Checkout.text("pom.xml"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
