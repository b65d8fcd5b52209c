package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.local.port.Port;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests are written, and no cluster is here: they are read with the types of the API, and held to the code. */
class KubernetesTest {
    private static final String BASE = "base";
    private static final String JOBS = "jobs";

    @ParameterizedTest
    @ValueSource(strings = {BASE, JOBS})
    void everythingIsInOneNamespaceUnderItsOwnName(String kustomization) {
        // When
        List<HasMetadata> manifests = Manifests.of(kustomization).all().toList();

        // Then
        assertThat(manifests)
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(
                                manifest.getKind().equals("Namespace")
                                        ? manifest.getMetadata().getName()
                                        : manifest.getMetadata().getNamespace())
                        .isEqualTo("carelog"));
        assertThat(manifests)
                .extracting(manifest ->
                        manifest.getKind() + "/" + manifest.getMetadata().getName())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, JOBS})
    void everyPodHasTheLeastRights(String kustomization) {
        assertThat(Manifests.of(kustomization).pods()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                    .isEqualTo("RuntimeDefault");
            assertThat(container(pod).getSecurityContext()).satisfies(rights -> {
                assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
                assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
                assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, JOBS})
    void noPodTakesMoreMemoryThanAServiceMay(String kustomization) {
        assertThat(Manifests.of(kustomization).pods()).allSatisfy(pod -> {
            Quantity limit = container(pod).getResources().getLimits().get("memory");
            assertThat(Quantity.getAmountInBytes(limit)).isLessThanOrEqualTo(BigDecimal.valueOf(350L << 20));
            assertThat(container(pod).getResources().getRequests()).containsEntry("memory", limit);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, JOBS})
    void everySettingOfAServiceIsAKeyThatHasAnEffect(String kustomization) {
        assertThat(ofServices(kustomization))
                .hasSize(3)
                .allSatisfy(pod -> assertThat(variables(kustomization, container(pod)))
                        .isNotEmpty()
                        .filteredOn(variable -> !variable.equals(TokenAddress.VARIABLE))
                        .allSatisfy(variable -> assertThat(ConfigurationKeys.ofVariable(variable))
                                .get()
                                .matches(ConfigurationKey::atRunTime, "at run time")));
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, JOBS})
    void secretsAreReferredToAndNeverWrittenDown(String kustomization) {
        assertThat(Manifests.of(kustomization).pods())
                .flatExtracting(pod -> container(pod).getEnv())
                .filteredOn(variable -> variable.getName().matches(".*(PASSWORD|SECRET|KEY)$"))
                .allSatisfy(variable -> assertThat(variable.getValue() == null
                                || variable.getValue().equals("none"))
                        .isTrue());
    }

    @Test
    void aServiceListensWhereItsSettingsSay() {
        assertThat(DeclaredService.ALL).allSatisfy(service -> {
            Deployment deployment = Manifests.of(BASE).named(Deployment.class, service.name());
            assertThat(ports(container(deployment.getSpec().getTemplate())))
                    .isEqualTo(Map.of("fhir", service.port(), "management", service.managementPort()));
            assertThat(Manifests.of(BASE)
                            .named(Service.class, service.name())
                            .getSpec()
                            .getPorts())
                    .allSatisfy(
                            port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo(port.getName()))
                    .extracting(ServicePort::getPort)
                    .containsExactly(service.port(), service.managementPort());
        });
    }

    @Test
    void otherServicesAreAskedWhereTheyListen() {
        assertThat(DeclaredService.ALL)
                .allSatisfy(service -> assertThat(container(Manifests.of(BASE)
                                        .named(Deployment.class, service.name())
                                        .getSpec()
                                        .getTemplate())
                                .getEnv()
                                .stream()
                                .filter(variable -> variable.getName().startsWith("CARELOG_FHIR_OWNERS_"))
                                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue)))
                        .isEqualTo(service.othersByVariable()));
    }

    @Test
    void healthIsAskedForOnTheManagementPort() {
        assertThat(ofServices(BASE)).allSatisfy(pod -> {
            Container container = container(pod);
            assertThat(Stream.of(
                                    container.getStartupProbe(),
                                    container.getReadinessProbe(),
                                    container.getLivenessProbe())
                            .map(probe -> probe.getHttpGet()))
                    .allSatisfy(get -> assertThat(get.getPort().getStrVal()).isEqualTo("management"))
                    .extracting(HTTPGetAction::getPath)
                    .containsExactly("/q/health/started", "/q/health/ready", "/q/health/live");
        });
    }

    /** Who else than the gateway would know that a compartment's members are another's, or which services have a part in a page? */
    @Test
    void allOfTheBaseIsTheGateways() {
        // When
        List<HTTPIngressPath> paths = Manifests.of(BASE).of(Ingress.class).stream()
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .flatMap(rule -> rule.getHttp().getPaths().stream())
                .toList();

        // Then
        assertThat(paths).singleElement().satisfies(path -> {
            assertThat(path.getPath()).isEqualTo("/fhir");
            assertThat(path.getPathType()).isEqualTo("Prefix");
            assertThat(path.getBackend().getService().getName()).isEqualTo("gateway");
        });
    }

    @Test
    void whatIsRoutedToIsThereAndHasThePort() {
        assertThat(Manifests.of(BASE).of(Ingress.class))
                .flatExtracting(ingress -> ingress.getSpec().getRules())
                .flatExtracting(rule -> rule.getHttp().getPaths())
                .extracting(path -> path.getBackend().getService())
                .allSatisfy(backend -> assertThat(portNames(backend))
                        .contains(backend.getPort().getName()));
    }

    @Test
    void theGatewayKnowsEveryServiceAndWhereItListens() {
        // Given
        List<String> services = DeclaredService.ALL.stream()
                .map(service ->
                        "%1$s=%1$s:%2$d:%3$d".formatted(service.name(), service.port(), service.managementPort()))
                .toList();

        // When
        List<String> arguments = container(Manifests.of(BASE)
                        .named(Deployment.class, "gateway")
                        .getSpec()
                        .getTemplate())
                .getArgs();

        // Then
        assertThat(arguments)
                .startsWith(
                        "0.0.0.0:%d:%d".formatted(Port.GATEWAY.usual(), Port.GATEWAY_MANAGEMENT.usual()),
                        "--trusted-proxies=$(INGRESS_NETWORKS)")
                .endsWith(services.toArray(String[]::new))
                .hasSize(2 + services.size());
    }

    @Test
    void selectorsChooseTheirPods() {
        // Given
        Manifests base = Manifests.of(BASE);

        // When
        List<Map<String, String>> pods =
                base.pods().stream().map(pod -> pod.getMetadata().getLabels()).toList();

        // Then
        assertThat(Stream.of(
                                base.of(Deployment.class).stream()
                                        .map(it -> it.getSpec().getSelector().getMatchLabels()),
                                base.of(Service.class).stream()
                                        .map(it -> it.getSpec().getSelector()),
                                base.of(PodDisruptionBudget.class).stream()
                                        .map(it -> it.getSpec().getSelector().getMatchLabels()))
                        .flatMap(selectors -> selectors))
                .hasSize(12)
                .allSatisfy(selector -> assertThat(pods)
                        .filteredOn(labels -> labels.entrySet().containsAll(selector.entrySet()))
                        .hasSize(1));
    }

    @Test
    void oneOfEachMayAlwaysGoAndOneStays() {
        assertThat(Manifests.of(BASE).of(Deployment.class)).allSatisfy(deployment -> {
            assertThat(deployment.getSpec().getReplicas()).isGreaterThanOrEqualTo(2);
            assertThat(Manifests.of(BASE)
                            .named(
                                    PodDisruptionBudget.class,
                                    deployment.getMetadata().getName())
                            .getSpec()
                            .getMinAvailable()
                            .getIntVal())
                    .isEqualTo(1);
        });
    }

    @Test
    void nobodyTalksToAnybodyUnlessAPolicySaysSo() {
        // When
        NetworkPolicy nothing = Manifests.of(BASE).named(NetworkPolicy.class, "nothing");

        // Then
        assertThat(nothing.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(nothing.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(nothing.getSpec().getIngress()).isNullOrEmpty();
        assertThat(nothing.getSpec().getEgress()).isNullOrEmpty();
    }

    @Test
    void policiesAreAboutComponentsThatAreThere() {
        // Given
        Set<String> components = Stream.of(BASE, JOBS)
                .flatMap(kustomization -> Manifests.of(kustomization).pods().stream())
                .map(pod -> pod.getMetadata().getLabels().get("app.kubernetes.io/component"))
                .collect(Collectors.toSet());

        // Then
        assertThat(Manifests.of(BASE).of(NetworkPolicy.class))
                .flatExtracting(policy -> policy.getSpec().getPodSelector().getMatchExpressions())
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(components).containsAll(expression.getValues()));
        assertThat(Manifests.of(BASE).of(NetworkPolicy.class))
                .extracting(policy -> policy.getSpec().getPodSelector().getMatchLabels())
                .filteredOn(labels -> labels != null && !labels.isEmpty())
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(components).contains(labels.get("app.kubernetes.io/component")));
    }

    /** The gateway alone is reached from outside. */
    @Test
    void theIngressControllerReachesTheGatewayOnly() {
        assertThat(Manifests.of(BASE).of(NetworkPolicy.class))
                .filteredOn(policy -> policy.toString().contains("carelog.org/ingress"))
                .singleElement()
                .satisfies(
                        policy -> assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                                .containsExactly(Map.entry("app.kubernetes.io/component", "gateway")));
    }

    private static List<PodTemplateSpec> ofServices(String kustomization) {
        return Manifests.of(kustomization).pods().stream()
                .filter(pod -> container(pod).getImage().contains("-service:"))
                .toList();
    }

    private static Container container(PodTemplateSpec pod) {
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        return pod.getSpec().getContainers().getFirst();
    }

    private static List<String> variables(String kustomization, Container container) {
        return Stream.concat(
                        container.getEnv().stream().map(EnvVar::getName),
                        container.getEnvFrom().stream()
                                .flatMap(from -> Manifests.of(kustomization)
                                        .named(
                                                ConfigMap.class,
                                                from.getConfigMapRef().getName())
                                        .getData()
                                        .keySet()
                                        .stream()))
                .toList();
    }

    private static Map<String, Integer> ports(Container container) {
        return container.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    }

    private static List<String> portNames(IngressServiceBackend backend) {
        return Manifests.of(BASE).named(Service.class, backend.getName()).getSpec().getPorts().stream()
                .map(ServicePort::getName)
                .toList();
    }
}
