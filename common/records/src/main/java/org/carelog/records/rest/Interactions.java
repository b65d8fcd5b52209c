package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.carelog.access.Actor;
import org.carelog.access.Policy;
import org.carelog.access.Visibility;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.CompartmentDefinition;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.IncomingBundle;
import org.carelog.fhir.IncomingProvenance;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.Resource;
import org.carelog.fhir.ResourceId;
import org.carelog.fhir.patch.ResourcePatch;
import org.carelog.fhir.search.SearchScope;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.Attachment;
import org.carelog.records.interaction.Attachments;
import org.carelog.records.interaction.Create;
import org.carelog.records.interaction.Delete;
import org.carelog.records.interaction.Exchange;
import org.carelog.records.interaction.History;
import org.carelog.records.interaction.Patch;
import org.carelog.records.interaction.Read;
import org.carelog.records.interaction.Update;
import org.carelog.records.interaction.VRead;
import org.carelog.records.interaction.Written;
import org.carelog.records.store.StoredVersion;

/** Turns what HTTP says into the arguments of an interaction, and its result into an answer. */
@ApplicationScoped
class Interactions {
    private final HostedTypes types;
    private final RecordsConfig config;
    private final Capabilities capabilities;
    private final Read read;
    private final VRead vread;
    private final Create create;
    private final Update update;
    private final Patch patch;
    private final Delete delete;
    private final HistoryBundle history;
    private final SearchBundle search;
    private final ServiceQuestions services;
    private final WriteAnswer written;
    private final Operations operations;
    private final Attachments attachments;

    Interactions(
            HostedTypes types,
            RecordsConfig config,
            Capabilities capabilities,
            Read read,
            VRead vread,
            Create create,
            Update update,
            Patch patch,
            Delete delete,
            HistoryBundle history,
            SearchBundle search,
            ServiceQuestions services,
            WriteAnswer written,
            Operations operations,
            Attachments attachments) {
        this.types = types;
        this.config = config;
        this.capabilities = capabilities;
        this.read = read;
        this.vread = vread;
        this.create = create;
        this.update = update;
        this.patch = patch;
        this.delete = delete;
        this.history = history;
        this.search = search;
        this.services = services;
        this.written = written;
        this.operations = operations;
        this.attachments = attachments;
    }

    /** @param attachment null: nothing is stored with what is written */
    Exchange exchange(Route route, Actor actor, Exchange.Receipt receipt, Attachment attachment) {
        return route.type() == null
                ? null
                : new Exchange(route.type(), Policy.visibility(actor, route.type()), receipt, attachment);
    }

    /** The Provenance that comes with a write, judged; null: none comes. */
    Attachment attachment(FhirRequest request, Actor actor) {
        String header = request.header(IncomingProvenance.HEADER).orElse(null);
        if (header == null) {
            return null;
        }
        if (!Policy.permits(actor, Interaction.Action.CREATE, attachments.type())) {
            throw new FhirProblemException(new FhirProblem.Forbidden(
                    Interaction.CREATE.code(), attachments.type().name()));
        }
        return attachments.of(IncomingProvenance.parse(header));
    }

    Answer perform(FhirRequest request, Route route, Actor actor, Exchange.Receipt receipt) {
        Attachment attachment = route.action() == Interaction.Action.READ ? null : attachment(request, actor);
        Exchange exchange = exchange(route, actor, receipt, attachment);
        String id = route.id() == null ? null : ResourceId.require(route.id());
        // what a write is to answer is understood before it happens: a refusal leaves nothing behind
        return switch (route.interaction()) {
            case CAPABILITIES -> capabilities.answer();
            case READ -> shown(request, read.apply(exchange, id));
            case VREAD -> shown(request, vread.apply(exchange, id, version(route)));
            case CREATE ->
                written.answer(
                        Preference.of(request),
                        create.apply(exchange, resource(request, route), request.ifNoneExist()));
            case UPDATE -> written.answer(Preference.of(request), update(request, route, exchange, id));
            case PATCH -> written.answer(Preference.of(request), patch(request, exchange, id));
            case DELETE -> written.answer(Preference.of(request), delete(request, exchange, id));
            case OPERATION -> operations.perform(request, route, exchange, id, actor);
            case REFERRERS -> services.referrers(request, actor);
            case MISSING -> services.missing(request, actor);
            case HISTORY_INSTANCE ->
                history.answer(
                        request,
                        new History.Scope.Instance(route.type().name(), id, exchange.visibility()),
                        "%s/%s/_history".formatted(route.type().name(), id));
            case HISTORY_TYPE ->
                history.answer(
                        request,
                        new History.Scope.Types(Map.of(route.type().name(), exchange.visibility()), true),
                        route.type().name() + "/_history");
            case HISTORY_SYSTEM -> historyOfSystem(request, actor);
            case BATCH, TRANSACTION -> throw new IllegalStateException("a Bundle has no type");
            case SEARCH_TYPE, SEARCH_SYSTEM ->
                search.answer(
                        request, scope(route, actor), type -> Policy.visibility(actor, types.require(type)), actor);
        };
    }

    private SearchScope scope(Route route, Actor actor) {
        if (route.interaction() == Interaction.SEARCH_TYPE) {
            return route.compartment() == null
                    ? SearchScope.ofType(route.type().name())
                    : SearchScope.ofType(route.type().name(), route.compartment());
        }
        List<String> told = told(Interaction.SEARCH_SYSTEM, actor)
                .map(HostedType::name)
                .filter(type -> route.compartment() == null
                        || CompartmentDefinition.has(route.compartment().type(), type))
                .toList();
        if (told.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.UnknownAddress());
        }
        return route.compartment() == null
                ? SearchScope.ofSystem(told)
                : SearchScope.ofSystem(told, route.compartment());
    }

    /** The types that this service is the source of, and the actor may read: copies are told by their owners. */
    private Stream<HostedType> told(Interaction interaction, Actor actor) {
        List<HostedType> told = types.all().stream()
                .filter(type -> type.hosting() != HostedType.Hosting.PROJECTED)
                .filter(type -> Policy.permits(actor, Interaction.Action.READ, type))
                .toList();
        if (told.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.Forbidden(interaction.code(), "any type"));
        }
        return told.stream();
    }

    private Answer historyOfSystem(FhirRequest request, Actor actor) {
        Map<String, Visibility> visible = new HashMap<>();
        told(Interaction.HISTORY_SYSTEM, actor)
                .forEach(type -> visible.put(type.name(), Policy.visibility(actor, type)));
        return history.answer(request, new History.Scope.Types(visible, false), "_history");
    }

    private Written update(FhirRequest request, Route route, Exchange exchange, String id) {
        OptionalLong ifMatch = Preconditions.ifMatch(request);
        return id == null
                ? update.apply(exchange, request.criteria(), resource(request, route), ifMatch)
                : update.apply(exchange, id, resource(request, route), ifMatch);
    }

    private Written patch(FhirRequest request, Exchange exchange, String id) {
        OptionalLong ifMatch = Preconditions.ifMatch(request);
        return id == null
                ? patch.apply(exchange, request.criteria(), resourcePatch(request), ifMatch)
                : patch.apply(exchange, id, resourcePatch(request), ifMatch);
    }

    private Written delete(FhirRequest request, Exchange exchange, String id) {
        OptionalLong ifMatch = Preconditions.ifMatch(request);
        return id == null ? delete.apply(exchange, request.criteria(), ifMatch) : delete.apply(exchange, id, ifMatch);
    }

    private ResourcePatch resourcePatch(FhirRequest request) {
        long limit = config.maxBodySize().asLongValue();
        return MediaTypes.isJsonPatch(request)
                ? ResourcePatch.json(request.body(limit))
                : ResourcePatch.of(FhirJson.parse(MediaTypes.json(request, limit), ResourcePatch.RESOURCE_TYPES));
    }

    IncomingBundle bundle(FhirRequest request) {
        return IncomingBundle.parse(
                MediaTypes.json(request, config.maxBundleSize().asLongValue()));
    }

    private Resource resource(FhirRequest request, Route route) {
        return FhirJson.parse(
                MediaTypes.json(request, config.maxBodySize().asLongValue()),
                route.type().name());
    }

    /** An id that cannot be one of ours is the id of nothing. */
    private static long version(Route route) {
        if (!route.versionId().matches("[1-9]\\d{0,17}")) {
            throw new FhirProblemException(new FhirProblem.NotFound(route.type().name()));
        }
        return Long.parseLong(route.versionId());
    }

    private static Answer shown(FhirRequest request, StoredVersion version) {
        Answer answer =
                Preconditions.notModified(request, version) ? Answer.of(304, null) : Answer.of(200, version.content());
        return answer.of(version).showing(List.of(entity(version)));
    }

    static Entity entity(StoredVersion version) {
        return new Entity(version.type(), version.id(), version.version(), version.patientId());
    }
}
