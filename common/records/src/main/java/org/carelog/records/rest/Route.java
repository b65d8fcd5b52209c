package org.carelog.records.rest;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.fhir.CompartmentDefinition;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.Interaction.Action;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Operation;
import org.carelog.fhir.Operation.Level;
import org.carelog.fhir.ResourceId;
import org.carelog.records.interaction.Missing;
import org.carelog.records.interaction.Referrers;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Which interaction an address and a method mean.
 *
 * @param type null for what is about the system: capabilities, its history and operations, batch, transaction,
 *     what services ask each other
 * @param id null where the interaction has none, or the query chooses the resource
 * @param versionId of a vread, as it was written
 * @param operation null where the interaction is none
 * @param compartment in which is searched; null: anywhere
 * @see <a href="https://hl7.org/fhir/R4/http.html#summary">FHIR R4, summary of the interactions</a>
 */
record Route(
        Interaction interaction,
        HostedType type,
        String id,
        String versionId,
        Operation operation,
        LocalReference compartment) {
    private static final Set<Interaction> OF_ALL_TYPES =
            Set.of(Interaction.CAPABILITIES, Interaction.HISTORY_SYSTEM, Interaction.SEARCH_SYSTEM);

    private static final String ALL_TYPES = "*";
    private static final String POSTED_SEARCH = "_search";

    private Route(Interaction interaction, HostedType type, String id, String versionId, Operation operation) {
        this(interaction, type, id, versionId, operation, null);
    }

    static Route of(String method, List<String> path, HostedTypes types) {
        if (path.isEmpty() || !path.getFirst().equals("fhir")) {
            throw new FhirProblemException(new FhirProblem.UnknownAddress());
        }
        List<String> rest = path.subList(1, path.size());
        if (rest.equals(List.of("metadata"))) {
            return served(method, null, null, null, Set.of(Interaction.CAPABILITIES), Set.of(Interaction.CAPABILITIES));
        }
        if (rest.equals(List.of(Referrers.ADDRESS))) {
            return served(method, null, null, null, Set.of(Interaction.REFERRERS), Set.of(Interaction.REFERRERS));
        }
        if (rest.equals(List.of(Missing.ADDRESS))) {
            return served(method, null, null, null, Set.of(Interaction.MISSING), Set.of(Interaction.MISSING));
        }
        if (rest.equals(List.of("_history"))) {
            return served(
                    method, null, null, null, Set.of(Interaction.HISTORY_SYSTEM), Set.of(Interaction.HISTORY_SYSTEM));
        }
        if (rest.equals(List.of(POSTED_SEARCH))) {
            return postedSearch(method, new Route(Interaction.SEARCH_SYSTEM, null, null, null, null));
        }
        if (!rest.isEmpty() && rest.getLast().startsWith("$")) {
            return operation(method, rest, types);
        }
        if (rest.isEmpty()) {
            // batch or transaction, the body says
            Set<Interaction> ofBase = Set.of(Interaction.TRANSACTION, Interaction.SEARCH_SYSTEM);
            return served(method, null, null, null, ofBase, ofBase);
        }
        boolean history = rest.size() > 2 && rest.get(2).equals("_history");
        if (rest.size() == 3 && !history) {
            return compartment(method, rest, types);
        }
        if (rest.size() == 4 && rest.getLast().equals(POSTED_SEARCH) && !history) {
            return postedSearch(method, compartment("GET", rest, types));
        }
        HostedType type = types.require(rest.getFirst());
        String id = rest.size() > 1 ? rest.get(1) : null;
        return switch (rest.size()) {
            case 1 ->
                served(
                        method,
                        type,
                        null,
                        null,
                        // the last three choose their resource by the query
                        Set.of(
                                Interaction.SEARCH_TYPE,
                                Interaction.CREATE,
                                Interaction.UPDATE,
                                Interaction.PATCH,
                                Interaction.DELETE));
            case 2 ->
                switch (id) {
                    case "_history" -> served(method, type, null, null, Set.of(Interaction.HISTORY_TYPE));
                    case POSTED_SEARCH ->
                        postedSearch(method, new Route(Interaction.SEARCH_TYPE, type, null, null, null));
                    default ->
                        served(
                                method,
                                type,
                                id,
                                null,
                                Set.of(Interaction.READ, Interaction.UPDATE, Interaction.PATCH, Interaction.DELETE));
                };
            case 3 -> served(method, type, id, null, Set.of(Interaction.HISTORY_INSTANCE));
            case 4 -> history ? served(method, type, id, rest.get(3), Set.of(Interaction.VREAD)) : unknown();
            default -> unknown();
        };
    }

    private static Route postedSearch(String method, Route search) {
        if (!method.equals("POST")) {
            throw new FhirProblemException(new FhirProblem.MethodNotAllowed(Set.of("POST")));
        }
        return search;
    }

    /** What of a type, or of all, is in the compartment that is named after a resource, be that here or elsewhere. */
    private static Route compartment(String method, List<String> path, HostedTypes types) {
        String root = path.getFirst();
        HostedType type = path.get(2).equals(ALL_TYPES) ? null : types.require(path.get(2));
        if (!CompartmentDefinition.has(root, type == null ? root : type.name())) {
            return unknown();
        }
        LocalReference compartment = new LocalReference(root, ResourceId.require(path.get(1)));
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new FhirProblemException(new FhirProblem.MethodNotAllowed(Set.of("GET")));
        }
        return new Route(
                type == null ? Interaction.SEARCH_SYSTEM : Interaction.SEARCH_TYPE,
                type,
                null,
                null,
                null,
                compartment);
    }

    private static Route operation(String method, List<String> path, HostedTypes types) {
        HostedType type = path.size() > 1 ? types.require(path.getFirst()) : null;
        Level level = switch (path.size()) {
            case 1 -> Level.SYSTEM;
            case 2 -> Level.TYPE;
            case 3 -> Level.INSTANCE;
            default -> throw new FhirProblemException(new FhirProblem.UnknownOperation(List.of()));
        };
        Operation operation = Operation.require(path.getLast().substring(1), level, type);
        Set<String> methods = operation.action() == Action.READ ? Set.of("GET", "POST") : Set.of("POST");
        if (!methods.contains(method.equals("HEAD") ? "GET" : method)) {
            throw new FhirProblemException(new FhirProblem.MethodNotAllowed(new TreeSet<>(methods)));
        }
        return new Route(Interaction.OPERATION, type, level == Level.INSTANCE ? path.get(1) : null, null, operation);
    }

    /** What is done to the record, as permissions are given. */
    Action action() {
        return operation == null ? interaction.action() : operation.action();
    }

    /** What was asked for, in words. */
    String name() {
        return operation == null ? interaction.code() : "$" + operation.code();
    }

    static Route ofBundle(Interaction interaction) {
        return new Route(interaction, null, null, null, null);
    }

    /** Whether parameters of the search are in the body. */
    boolean isPostedSearch(FhirRequest request) {
        return (interaction == Interaction.SEARCH_TYPE || interaction == Interaction.SEARCH_SYSTEM)
                && request.method().equals("POST");
    }

    /** Refuses, in a Bundle, what is about all types: a service would answer with its own alone, and nobody add the others'. */
    void requireForOneService() {
        if (OF_ALL_TYPES.contains(interaction)) {
            throw notSupported("%s of all types is not done in a Bundle: ask for it alone");
        }
    }

    /** @param diagnostics with a place for what was asked for */
    FhirProblemException notSupported(String diagnostics) {
        return new FhirProblemException(new FhirProblem.BrokenRule(
                List.of(new Fault(IssueType.NOTSUPPORTED, "", diagnostics.formatted(name())))));
    }

    boolean isOfBundle() {
        return interaction == Interaction.BATCH || interaction == Interaction.TRANSACTION;
    }

    private static Route served(String method, HostedType type, String id, String versionId, Set<Interaction> address) {
        return served(method, type, id, versionId, address, type.interactions());
    }

    private static Route served(
            String method,
            HostedType type,
            String id,
            String versionId,
            Set<Interaction> address,
            Set<Interaction> hosted) {
        Set<String> allowed = new TreeSet<>();
        for (Interaction interaction : address) {
            if (hosted.contains(interaction)) {
                if (method(interaction).equals(method.equals("HEAD") ? "GET" : method)) {
                    return new Route(interaction, type, id, versionId, null);
                }
                allowed.add(method(interaction));
            }
        }
        throw new FhirProblemException(new FhirProblem.MethodNotAllowed(allowed));
    }

    private static String method(Interaction interaction) {
        return switch (interaction.action()) {
            case CREATE -> "POST";
            // any number of references is no matter for a URL
            case READ -> interaction == Interaction.MISSING ? "POST" : "GET";
            case UPDATE -> interaction == Interaction.PATCH ? "PATCH" : "PUT";
            case DELETE -> "DELETE";
        };
    }

    private static Route unknown() {
        throw new FhirProblemException(new FhirProblem.UnknownAddress());
    }
}
