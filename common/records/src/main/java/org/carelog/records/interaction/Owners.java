package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carelog.events.Change;
import org.carelog.events.ResourceChanged;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.records.interaction.OwnerClient.Told;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Asks other services whether they have what is referred to, so that a record counts here from the moment its owner has
 * acknowledged it, also while events are held up.
 */
@ApplicationScoped
class Owners {
    /** Ids in one question, so that its URL is short enough for any server. */
    private static final int TOGETHER = 50;

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
        TreeMap<String, TreeSet<String>> counted = new TreeMap<>();
        for (LocalReference reference : references) {
            if (types.find(reference.type()).filter(HostedType::isProjected).isPresent()) {
                if (!bring(reference)) {
                    missing.add(reference);
                }
            } else {
                counted.computeIfAbsent(reference.type(), _ -> new TreeSet<>()).add(reference.id());
            }
        }
        counted.forEach((type, ids) -> {
            List<String> all = List.copyOf(ids);
            for (int from = 0; from < all.size(); from += TOGETHER) {
                missing(type, all.subList(from, Math.min(from + TOGETHER, all.size())), missing);
            }
        });
        return missing;
    }

    /** By counting, since counting is cheap and nearly always all are there; else by halves. */
    private void missing(String type, List<String> ids, Set<LocalReference> missing) {
        int there = count(type, ids);
        if (there == 0) {
            ids.forEach(id -> missing.add(new LocalReference(type, id)));
        } else if (there < ids.size()) {
            missing(type, ids.subList(0, ids.size() / 2), missing);
            missing(type, ids.subList(ids.size() / 2, ids.size()), missing);
        }
    }

    private int count(String type, List<String> ids) {
        String address = "%s?_id=%s&_summary=count".formatted(type, String.join(",", ids));
        int there = 0;
        for (String service : others(type)) {
            there += client.resource(service, address)
                    .map(Bundle.class::cast)
                    .map(Bundle::getTotal)
                    .orElse(0);
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
                Long.parseLong(resource.getMeta().getVersionId()),
                Change.CREATED,
                resource.getMeta().getLastUpdated().toInstant(),
                content);
    }
}
