package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.JsonLink;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.fhir.ResourceId;
import org.carelog.fhir.patch.ResourcePatch;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.records.interaction.Transaction.Amendment;
import org.carelog.records.interaction.Transaction.Choice;
import org.carelog.records.interaction.Transaction.Creation;
import org.carelog.records.interaction.Transaction.Deletion;
import org.carelog.records.interaction.Transaction.Replacement;
import org.carelog.records.interaction.Transaction.Step;
import org.carelog.records.interaction.TransactionPlan.Write;
import org.carelog.records.store.StoredVersion;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Makes the plan of a transaction, outside of any transaction; it may be made again. */
@ApplicationScoped
class TransactionPlanner {
    private final ConditionalMatch condition;
    private final BundleLinks links;
    private final InstanceOwner owner;
    private final ReferenceCheck references;
    private final ReferentialIntegrity integrity;
    private final Patch patch;

    TransactionPlanner(
            ConditionalMatch condition,
            BundleLinks links,
            InstanceOwner owner,
            ReferenceCheck references,
            ReferentialIntegrity integrity,
            Patch patch) {
        this.condition = condition;
        this.links = links;
        this.owner = owner;
        this.references = references;
        this.integrity = integrity;
        this.patch = patch;
    }

    /** @throws FhirProblemException of the entry that is at fault, or with the places of all references that are */
    TransactionPlan plan(List<Step> steps, List<JsonLink> bundleLinks) {
        List<Write> placed = new ArrayList<>();
        for (Step step : steps) {
            try {
                placed.add(place(step));
            } catch (FhirProblemException e) {
                throw Transaction.ofEntry(step, e);
            }
        }
        requireDistinct(placed);
        links.point(bundleLinks, names(placed));
        List<Write> writes = new ArrayList<>();
        for (Write write : placed) {
            try {
                writes.add(read(write));
            } catch (FhirProblemException e) {
                throw Transaction.ofEntry(write.step(), e);
            }
        }
        return new TransactionPlan(writes, checkReferences(writes));
    }

    private Write place(Step step) {
        String type = step.exchange().type().name();
        return switch (step) {
            case Creation c
            when c.ifNoneExist() != null -> {
                SearchQuery criteria = condition.parse(c.exchange().type(), c.ifNoneExist());
                StoredVersion matched = condition.find(criteria).orElse(null);
                String id = matched == null ? ResourceId.assign() : matched.id();
                yield new Write(c, new LocalReference(type, id), null, criteria, matched);
            }
            case Creation c -> new Write(c, new LocalReference(type, ResourceId.assign()), null, null, null);
            case Replacement r
            when r.choice().criteria() != null -> {
                SearchQuery criteria =
                        condition.parseUrl(r.exchange().type(), r.choice().criteria());
                StoredVersion matched = condition.match(criteria).orElse(null);
                yield new Write(r, new LocalReference(type, id(r, matched)), null, criteria, matched);
            }
            case Replacement r ->
                new Write(r, new LocalReference(type, r.choice().id()), null, null, null);
            case Amendment a
            when a.choice().criteria() != null -> {
                SearchQuery criteria =
                        condition.parseUrl(a.exchange().type(), a.choice().criteria());
                StoredVersion matched = patch.chosen(a.exchange(), criteria);
                yield new Write(a, new LocalReference(type, matched.id()), null, criteria, matched);
            }
            case Amendment a ->
                new Write(
                        a,
                        new LocalReference(type, a.choice().id()),
                        null,
                        null,
                        patch.current(a.exchange(), a.choice().id()));
            case Deletion d
            when d.choice().criteria() != null -> {
                SearchQuery criteria =
                        condition.parseUrl(d.exchange().type(), d.choice().criteria());
                StoredVersion matched = condition.match(criteria).orElse(null);
                requireMatched(matched, d.choice());
                yield new Write(
                        d, matched == null ? null : new LocalReference(type, matched.id()), null, criteria, matched);
            }
            case Deletion d -> new Write(d, new LocalReference(type, d.choice().id()), null, null, null);
        };
    }

    /** The id under which a conditional update writes. */
    private static String id(Replacement step, StoredVersion matched) {
        requireMatched(matched, step.choice());
        String named = step.body().id();
        if (matched == null) {
            return named == null ? ResourceId.assign() : ResourceId.require(named);
        }
        if (named != null && !named.equals(matched.id())) {
            throw new FhirProblemException(new FhirProblem.IdMismatch());
        }
        return matched.id();
    }

    private static void requireMatched(StoredVersion matched, Choice choice) {
        if (matched == null && choice.ifMatch().isPresent()) {
            throw new FhirProblemException(new FhirProblem.NothingToMatch());
        }
    }

    /** No two entries are about one resource, nor would two create what is the same by their conditions. */
    private static void requireDistinct(List<Write> writes) {
        Map<String, Write> seen = new HashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (Write write : writes) {
            identities(write)
                    .map(identity -> seen.putIfAbsent(identity, write))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(first -> faults.add(new Fault(
                            IssueType.DUPLICATE,
                            "Bundle.entry[%d]".formatted(write.step().index()),
                            "Bundle.entry[%d] is about the same resource"
                                    .formatted(first.step().index()))));
        }
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.InvalidContent(faults));
        }
    }

    /** What a condition that has matched nothing would create is that resource, and of that condition. */
    private static Stream<String> identities(Write write) {
        Stream<String> target = Stream.ofNullable(write.target()).map(LocalReference::toString);
        return write.condition() != null && write.matched() == null
                ? Stream.concat(Stream.of(ConditionalMatch.text(write.condition())), target)
                : target;
    }

    private static Map<String, LocalReference> names(List<Write> writes) {
        Map<String, LocalReference> names = new HashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (Write write : writes) {
            String fullUrl = switch (write.step()) {
                case Creation c -> c.fullUrl();
                case Replacement r -> r.fullUrl();
                case Amendment a -> null;
                case Deletion d -> null;
            };
            LocalReference named = fullUrl == null ? null : names.putIfAbsent(fullUrl, write.target());
            if (named != null && !named.equals(write.target())) {
                faults.add(new Fault(
                        IssueType.DUPLICATE,
                        "Bundle.entry[%d].fullUrl".formatted(write.step().index()),
                        "Another entry has the same fullUrl"));
            }
        }
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.InvalidContent(faults));
        }
        return names;
    }

    private Write read(Write write) {
        Resource resource = switch (write.step()) {
            case Creation c when write.matched() != null -> null;
            case Creation c -> {
                Resource read = c.body().resource();
                IncomingResource.requireRules(c.exchange().type(), read);
                owner.requireHere(read);
                yield read;
            }
            case Replacement r -> {
                Resource read = r.body().resource();
                if (write.condition() == null) {
                    IncomingResource.requireRules(
                            r.exchange().type(), r.choice().id(), read);
                } else {
                    IncomingResource.requireRules(r.exchange().type(), read);
                }
                owner.requireHere(write.target(), read);
                yield read;
            }
            case Amendment a ->
                patch.patched(
                        a.exchange(),
                        write.matched(),
                        ResourcePatch.of(a.body().resource()),
                        a.choice().ifMatch());
            case Deletion d -> null;
        };
        return new Write(write.step(), write.target(), resource, write.condition(), write.matched());
    }

    /** What a condition has matched was there before, and may go like anything else that is referred to. */
    private Map<LocalReference, String> checkReferences(List<Write> writes) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        Set<LocalReference> coming = new HashSet<>();
        Set<LocalReference> going = new HashSet<>();
        for (Write write : writes) {
            if (write.resource() != null) {
                resources.put("Bundle.entry[%d].resource".formatted(write.step().index()), write.resource());
            }
            if (write.target() == null) {
                continue;
            }
            if (write.step() instanceof Deletion) {
                going.add(write.target());
            } else if (!(write.step() instanceof Creation) || write.matched() == null) {
                coming.add(write.target());
            }
        }
        for (LocalReference target : going) {
            integrity.requireUnreferencedElsewhere(target);
        }
        return references.check(resources, coming, going);
    }
}
