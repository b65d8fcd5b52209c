package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.carelog.events.Change;
import org.carelog.events.ResourceChanged;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.records.interaction.OwnerClient.Told;

/**
 * Asks other services whether they have what is referred to, so that a record counts here from the moment its owner has
 * acknowledged it, also while events are held up.
 */
@ApplicationScoped
class Owners {
    /** References in one question, which so is well below the size that a body may have. */
    private static final int TOGETHER = 10_000;

    private final HostedTypes types;
    private final OwnerClient client;
    private final Apply apply;

    Owners(HostedTypes types, OwnerClient client, Apply apply) {
        this.types = types;
        this.client = client;
        this.apply = apply;
    }

    /**
     * Which of these no other service has.
     *
     * @throws FhirProblemException {@link FhirProblem.Unavailable} when an owner cannot be asked
     */
    Set<LocalReference> missing(Collection<LocalReference> references) {
        Set<LocalReference> missing = new HashSet<>();
        Map<String, List<LocalReference>> byService = new TreeMap<>();
        for (LocalReference reference : references) {
            if (types.find(reference.type()).filter(HostedType::isProjected).isPresent()) {
                if (!bring(reference)) {
                    missing.add(reference);
                }
            } else {
                missing.add(reference);
                others(reference.type())
                        .forEach(service -> byService
                                .computeIfAbsent(service, _ -> new ArrayList<>())
                                .add(reference));
            }
        }
        byService.forEach((service, asked) -> missing.removeAll(there(service, asked)));
        return missing;
    }

    private Set<LocalReference> there(String service, List<LocalReference> asked) {
        Set<LocalReference> there = new HashSet<>(asked);
        for (int from = 0; from < asked.size(); from += TOGETHER) {
            List<LocalReference> some = asked.subList(from, Math.min(from + TOGETHER, asked.size()));
            Resource answer = client.post(service, Missing.ADDRESS, ReferenceList.of(some));
            ReferenceList.read(answer).forEach(there::remove);
        }
        return there;
    }

    /**
     * Whether the owner has it. If it is in its first version, the projection has it too afterwards; of a later one the
     * answer does not say all that its event will say, such as whether the record had been deleted before.
     */
    private boolean bring(LocalReference reference) {
        for (String service : others(reference.type())) {
            Told answer = client.get(service, reference.toString());
            if (answer.isThere()) {
                ResourceChanged current = current(reference, answer.body());
                if (current.version() == 1) {
                    apply.applyNow(current);
                }
                return true;
            }
        }
        return false;
    }

    /**
     * Whether another service has used the id of a type that several own.
     *
     * @return its name, or null
     */
    String userOf(LocalReference reference) {
        return others(reference.type()).stream()
                .filter(service -> client.get(service, reference.toString()).isUsed())
                .findFirst()
                .orElse(null);
    }

    private List<String> others(String type) {
        List<String> others = new ArrayList<>(types.otherOwners(type));
        others.removeIf(service -> !client.knows(service));
        return others;
    }

    private static ResourceChanged current(LocalReference reference, byte[] content) {
        Resource resource = FhirJson.parseStored(content);
        return new ResourceChanged(
                "",
                "",
                reference.type(),
                reference.id(),
                resource.get("meta").path("versionId").asLong(),
                Change.CREATED,
                OffsetDateTime.parse(resource.get("meta").path("lastUpdated").asText())
                        .toInstant(),
                content);
    }
}
