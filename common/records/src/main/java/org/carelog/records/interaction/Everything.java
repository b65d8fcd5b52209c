package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Operation;
import org.carelog.records.index.CompartmentPage;
import org.carelog.records.index.CompartmentQuery;
import org.carelog.records.index.CompartmentWalk;
import org.carelog.records.store.ResourceStore;

/**
 * All there is about a patient or an encounter, a page at a time: this service's part, and then the way to the others'.
 * Each tells what it is the source of; the first tells the patient or the encounter too.
 *
 * @see <a href="https://hl7.org/fhir/R4/patient-operation-everything.html">FHIR R4, $everything of a patient</a>
 * @see <a href="https://hl7.org/fhir/R4/encounter-operation-everything.html">FHIR R4, $everything of an encounter</a>
 */
@ApplicationScoped
public class Everything {
    private final HostedTypes types;
    private final ResourceStore store;
    private final Owners owners;
    private final OwnerClient client;
    private final CompartmentWalk walk;
    private final Map<String, List<String>> others = new ConcurrentHashMap<>();

    Everything(HostedTypes types, ResourceStore store, Owners owners, OwnerClient client, CompartmentWalk walk) {
        this.types = types;
        this.store = store;
        this.owners = owners;
        this.client = client;
        this.walk = walk;
    }

    /** A link within the walk: an address relative to the base, and its parameters. */
    public record Next(String address, List<Map.Entry<String, String>> parameters) {}

    /** @param next empty: that was all */
    public record Result(CompartmentPage page, Optional<Next> next) {}

    /**
     * The first page.
     *
     * @param visible what the asker may see of each type
     * @param asker the subject to whom links are bound
     */
    public Result apply(
            LocalReference root,
            List<Map.Entry<String, String>> parameters,
            Function<String, Visibility> visible,
            String asker) {
        return page(new EverythingPlace(root, types.service(), parameters, Optional.empty()), visible, asker);
    }

    /** A further page, as its link says. */
    public Result apply(
            List<Map.Entry<String, String>> parameters, Function<String, Visibility> visible, String asker) {
        return page(place(parameters, asker), visible, asker);
    }

    private EverythingPlace place(List<Map.Entry<String, String>> parameters, String asker) {
        Optional<String> token = parameters.stream()
                .filter(parameter -> parameter.getKey().equals(EverythingPlace.PAGE))
                .map(Map.Entry::getValue)
                .findFirst();
        if (token.isEmpty()) {
            EverythingPlace place = EverythingPlace.ofLink(parameters, Optional.empty());
            if (!others(place.root().type()).contains(place.beginning())) {
                throw InvalidOperationParameter.refusal(EverythingPlace.FROM, "it comes from a link of this system");
            }
            return place;
        }
        if (parameters.size() > 1) {
            throw InvalidOperationParameter.refusal(EverythingPlace.PAGE, "a link to a page has no further parameters");
        }
        return walk.resume(token.get(), asker)
                .map(resumed -> EverythingPlace.ofLink(resumed.parameters(), Optional.of(resumed.after())))
                .orElseThrow(() -> InvalidOperationParameter.refusal(
                        EverythingPlace.PAGE, "is no page that was given to you; ask again from the beginning"));
    }

    private Result page(EverythingPlace place, Function<String, Visibility> visible, String asker) {
        LocalReference root = place.root();
        List<String> ring = ring(root.type());
        EverythingParameters wanted =
                EverythingParameters.of(place.wanted(), root.type().equals("Patient"));
        CompartmentQuery query = new CompartmentQuery(
                root,
                place.beginning().equals(types.service()),
                ring.size() == 1,
                wanted.types(),
                wanted.since(),
                wanted.care(),
                wanted.count(),
                place.after());
        CompartmentPage page = walk.find(query, visible)
                .or(() -> {
                    requireOnItsWay(root, visible.apply(root.type()));
                    return walk.find(query, visible);
                })
                .orElseThrow(() -> OwnerClient.unavailable(String.join(", ", types.otherOwners(root.type()))));
        return new Result(
                page,
                page.next()
                        .map(after -> new Next(
                                address(types.service()),
                                List.of(Map.entry(EverythingPlace.PAGE, walk.token(place.link(), after, asker)))))
                        .or(() -> following(ring, place, wanted)));
    }

    /** The services that have a part, in the order in which each leads to the next, whichever begins. */
    private List<String> ring(String root) {
        return Stream.concat(Stream.of(types.service()), others(root).stream())
                .sorted()
                .toList();
    }

    /** Only those that can be asked, so that a walk never leads to nowhere. */
    private List<String> others(String root) {
        return others.computeIfAbsent(
                types.require(root).name(),
                type -> types.othersWithPartOf(type).stream()
                        .filter(client::knows)
                        .toList());
    }

    /** The next service that has something of what is wanted; empty: the walk is back where it began. */
    private Optional<Next> following(List<String> ring, EverythingPlace place, EverythingParameters wanted) {
        int here = ring.indexOf(types.service());
        return IntStream.range(1, ring.size())
                .mapToObj(i -> ring.get((here + i) % ring.size()))
                .takeWhile(service -> !service.equals(place.beginning()))
                .filter(service -> wanted.types().isEmpty()
                        || wanted.types().stream()
                                .anyMatch(type -> types.otherOwners(type).contains(service)))
                .findFirst()
                .map(service -> new Next(address(service), place.link()));
    }

    private String address(String service) {
        return "%s/$%s".formatted(types.firstTypeOf(service), Operation.EVERYTHING_PART.code());
    }

    /** What is not here is refused, unless it is a copy that has not come yet, and comes now. */
    private void requireOnItsWay(LocalReference root, Visibility visibility) {
        HostedType type = types.require(root.type());
        boolean copy = type.isProjected() && sees(visibility, root) && !store.knows(root);
        if (!copy) {
            Read.standing(
                    root.type(),
                    store.current(root.type(), root.id(), visibility).orElse(null));
        } else if (!owners.missing(List.of(root)).isEmpty()) {
            throw new FhirProblemException(new FhirProblem.NotFound(root.type()));
        }
    }

    private static boolean sees(Visibility visibility, LocalReference root) {
        return switch (visibility) {
            case Visibility.Everything _ -> true;
            case Visibility.Compartment(String patientId) -> patientId.equals(root.id());
            case Visibility.Nothing _ -> false;
        };
    }
}
