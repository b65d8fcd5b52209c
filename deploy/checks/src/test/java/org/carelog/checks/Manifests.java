package org.carelog.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The manifests of {@code deploy/kubernetes}, read strictly: a field that the API does not know is an error. */
final class Manifests {
    private static final Path DIRECTORY = Checkout.file("deploy/kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/Service", Service.class,
            "apps/v1/Deployment", Deployment.class,
            "batch/v1/Job", Job.class,
            "networking.k8s.io/v1/Ingress", Ingress.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new NothingElse());

    private final List<HasMetadata> all;

    private Manifests(List<HasMetadata> all) {
        this.all = all;
    }

    /** The types take whatever they do not know, so that a newer API can be talked to; here that would hide mistakes. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** What {@code kubectl apply -k} would send for the directory, but for what it generates and renames. */
    static Manifests of(String kustomization) {
        return new Manifests(read(DIRECTORY.resolve(kustomization)));
    }

    private static List<HasMetadata> read(Path directory) {
        List<HasMetadata> manifests = new ArrayList<>();
        for (JsonNode resource :
                Yaml.one(directory.resolve("kustomization.yaml")).path("resources")) {
            Path path = directory.resolve(resource.asText()).normalize();
            if (path.toString().endsWith(".yaml")) {
                Yaml.all(path).forEach(document -> manifests.add(manifest(path, document)));
            } else {
                manifests.addAll(read(path));
            }
        }
        return manifests;
    }

    private static HasMetadata manifest(Path file, JsonNode document) {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        try {
            return STRICT.treeToValue(document, KINDS.get(kind));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s, %s: %s".formatted(Checkout.name(file), kind, e.getMessage()), e);
        }
    }

    Stream<HasMetadata> all() {
        return all.stream();
    }

    <T extends HasMetadata> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> T named(Class<T> kind, String name) {
        return of(kind).stream()
                .filter(manifest -> manifest.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no %s %s".formatted(kind.getSimpleName(), name)));
    }

    /** The pods of Deployments and Jobs. */
    List<PodTemplateSpec> pods() {
        return Stream.concat(
                        of(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()),
                        of(Job.class).stream().map(job -> job.getSpec().getTemplate()))
                .toList();
    }
}
