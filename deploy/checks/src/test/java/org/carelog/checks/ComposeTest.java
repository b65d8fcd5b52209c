package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.carelog.local.port.Port;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Compose file is written, and cannot be run here: this is what can be known of it without an engine. */
class ComposeTest {
    /** Its image writes its settings when it starts. */
    private static final Set<String> WRITES_ITS_IMAGE = Set.of("kafka");

    private static final Set<String> KNOWN = Set.of(
            "build",
            "cap_drop",
            "command",
            "depends_on",
            "entrypoint",
            "env_file",
            "environment",
            "healthcheck",
            "image",
            "mem_limit",
            "networks",
            "ports",
            "read_only",
            "restart",
            "secrets",
            "security_opt",
            "shm_size",
            "tmpfs",
            "user",
            "volumes");

    @Test
    void containersHaveNoOtherKeysThanTheFormatHas() {
        assertThat(Compose.containers().values())
                .allSatisfy(container ->
                        assertThat(container.fieldNames()).toIterable().isSubsetOf(KNOWN));
    }

    @Test
    void whatAContainerRefersToIsThere() {
        assertThat(Compose.containers()).allSatisfy((name, container) -> {
            assertThat(Compose.containers().keySet()).containsAll(names(container.path("depends_on")));
            assertThat(names(Compose.file().path("networks"))).containsAll(texts(container.path("networks")));
            assertThat(Compose.mounted(container))
                    .allSatisfy(
                            file -> assertThat(Compose.DIRECTORY.resolve(file)).isRegularFile());
            assertThat(container.path("secrets"))
                    .allSatisfy(secret -> assertThat(names(Compose.file().path("secrets")))
                            .contains(secret.path("source").asText(secret.asText())));
        });
    }

    @Test
    void whatMustEndBeforeAnotherBeginsEndsByItself() {
        assertThat(Compose.containers().values())
                .flatExtracting(container -> conditions(container.path("depends_on")))
                .allSatisfy(condition -> {
                    JsonNode needed = Compose.container(condition.getKey());
                    boolean once = condition.getValue().equals("service_completed_successfully");
                    assertThat(needed.has("healthcheck")).isNotEqualTo(once);
                    assertThat(needed.path("restart").asText()).isEqualTo(once ? "on-failure" : "unless-stopped");
                });
    }

    @Test
    void everyContainerHasTheLeastRights() {
        assertThat(Compose.containers()).allSatisfy((name, container) -> {
            assertThat(texts(container.path("cap_drop"))).containsExactly("ALL");
            assertThat(texts(container.path("security_opt"))).containsExactly("no-new-privileges:true");
            assertThat(container.path("read_only").asBoolean()).isNotEqualTo(WRITES_ITS_IMAGE.contains(name));
        });
    }

    @Test
    void whatListensForThisMachineIsOnLoopbackAtTheUsualPort() {
        assertThat(Compose.containers().values())
                .flatExtracting(container -> texts(container.path("ports")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Port.GATEWAY, Port.KEYCLOAK, Port.KAFKA)
                        .map(port -> "127.0.0.1:%1$d:%1$d".formatted(port.usual()))
                        .toList());
    }

    @Test
    void everySettingOfAServiceIsAKeyThatHasAnEffect() {
        assertThat(Compose.ofServices())
                .hasSize(6)
                .allSatisfy((name, container) -> assertThat(names(container.path("environment")))
                        .filteredOn(variable -> !variable.equals(TokenAddress.VARIABLE))
                        .allSatisfy(variable -> assertThat(ConfigurationKeys.ofVariable(variable))
                                .get()
                                .matches(ConfigurationKey::atRunTime, "at run time")));
    }

    @Test
    void aServiceIsAskedWhereItListens() {
        assertThat(DeclaredService.ALL)
                .allSatisfy(service -> assertThat(
                                texts(Compose.container(service.name()).at("/healthcheck/test")))
                        .containsExactly(
                                "CMD", "healthy", Integer.toString(service.managementPort()), "/q/health/ready"));
    }

    @Test
    void theGatewayKnowsEveryServiceAndWhereItListens() {
        // Given
        List<String> services = DeclaredService.ALL.stream()
                .map(service ->
                        "%1$s=%1$s:%2$d:%3$d".formatted(service.name(), service.port(), service.managementPort()))
                .toList();

        // When
        List<String> arguments = texts(Compose.container("gateway").path("command"));

        // Then
        assertThat(arguments)
                .startsWith("0.0.0.0:%d:%d".formatted(Port.GATEWAY.usual(), Port.GATEWAY_MANAGEMENT.usual()))
                .endsWith(services.toArray(String[]::new))
                .hasSize(1 + services.size());
    }

    /** The addresses of other services that a service's settings have for one machine. */
    @Test
    void otherServicesAreAskedWhereTheyListen() {
        assertThat(DeclaredService.ALL).allSatisfy(service -> {
            Map<String, String> asked = new TreeMap<>();
            names(Compose.container(service.name()).path("environment")).stream()
                    .filter(variable -> variable.startsWith("CARELOG_FHIR_OWNERS_"))
                    .forEach(variable -> asked.put(
                            variable,
                            Compose.container(service.name())
                                    .at("/environment/" + variable)
                                    .asText()));
            assertThat(asked).isEqualTo(service.othersByVariable());
        });
    }

    /** The passwords are in no file of the repository: a script makes them. */
    @Test
    void everySecretIsMadeByTheScript(@TempDir Path directory) throws IOException, InterruptedException {
        // When
        Path made = directory.resolve("secrets");
        int exit = new ProcessBuilder(
                        "bash", Compose.DIRECTORY.resolve("secrets.sh").toString(), made.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();

        // Then
        assertThat(exit).isZero();
        assertThat(wantedSecrets())
                .allSatisfy(file -> assertThat(directory.resolve(file)).isNotEmptyFile());
        assertThat(properties(made))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(ConfigurationKeys.ofProperty(line.split("=")[0]))
                        .isPresent());
    }

    private static List<String> wantedSecrets() {
        List<String> files = new ArrayList<>();
        Compose.file()
                .path("secrets")
                .forEach(secret -> files.add(secret.path("file").asText()));
        Compose.containers().values().forEach(container -> files.addAll(texts(container.path("env_file"))));
        return files;
    }

    private static List<String> properties(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .flatMap(file -> Checkout.text(file).lines())
                    .toList();
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<Map.Entry<String, String>> conditions(JsonNode dependsOn) {
        return dependsOn.properties().stream()
                .map(entry -> Map.entry(
                        entry.getKey(), entry.getValue().path("condition").asText()))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
