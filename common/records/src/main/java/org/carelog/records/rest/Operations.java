package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.carelog.access.Actor;
import org.carelog.access.Policy;
import org.carelog.access.Visibility;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Operation;
import org.carelog.fhir.patch.ResourcePatch;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.Everything;
import org.carelog.records.interaction.Exchange;
import org.carelog.records.interaction.LastN;
import org.carelog.records.interaction.Patch;
import org.carelog.records.interaction.Read;
import org.carelog.records.interaction.ReadMeta;
import org.carelog.records.interaction.Written;
import org.carelog.records.store.StoredVersion;
import org.hl7.fhir.r4.model.Meta;

/** Turns what HTTP says into the arguments of an operation, and its result into an answer. */
@ApplicationScoped
class Operations {
    private final HostedTypes types;
    private final RecordsConfig config;
    private final Read read;
    private final ReadMeta meta;
    private final Patch patch;
    private final LastN lastn;
    private final SearchBundle search;
    private final ValidateAnswer validate;
    private final Everything everything;
    private final Administration administration;
    private final ReconciliationAnswer reconciliation;
    private final Instance<OwnOperation> own;

    Operations(
            HostedTypes types,
            RecordsConfig config,
            Read read,
            ReadMeta meta,
            Patch patch,
            LastN lastn,
            SearchBundle search,
            ValidateAnswer validate,
            Everything everything,
            Administration administration,
            ReconciliationAnswer reconciliation,
            @Any Instance<OwnOperation> own) {
        this.types = types;
        this.config = config;
        this.read = read;
        this.meta = meta;
        this.patch = patch;
        this.lastn = lastn;
        this.search = search;
        this.validate = validate;
        this.everything = everything;
        this.administration = administration;
        this.reconciliation = reconciliation;
        this.own = own;
    }

    /**
     * @param exchange null at the system's level
     * @param id null but at an instance's level
     */
    Answer perform(FhirRequest request, Route route, Exchange exchange, String id, Actor actor) {
        Function<String, Visibility> visible = type -> Policy.visibility(actor, types.require(type));
        return switch (route.operation()) {
            case VALIDATE -> validate.answer(request, exchange, id, actor);
            case META -> meta(input(request), exchange, id, actor);
            case META_ADD ->
                changed(
                        request,
                        exchange,
                        id,
                        ResourcePatch.addMeta(input(request).only("meta", Meta.class)));
            case META_DELETE ->
                changed(
                        request,
                        exchange,
                        id,
                        ResourcePatch.deleteMeta(input(request).only("meta", Meta.class)));
            case PARKED, PARKED_REDRIVE, PARKED_DISCARD, REBUILDS, REBUILD ->
                administration.perform(route.operation(), () -> input(request), actor);
            case RECONCILIATION, RECONCILE -> {
                ReconciliationAnswer.requirePermitted(route.operation(), actor);
                yield route.operation() == Operation.RECONCILE
                        ? reconciliation.ask(input(request))
                        : reconciliation.tell(input(request));
            }
            case LEDGER_EXPORT, LEDGER_CHECK -> own(route.operation(), input(request), actor);
            case LEDGER_MONTHS, LEDGER_RETENTION -> {
                Administration.require(route.operation(), actor);
                yield own(route.operation(), input(request), actor);
            }
            case LASTN ->
                search.answer(
                        exchange.type(),
                        lastn.apply(exchange.type(), input(request).simple(), visible),
                        request,
                        route.operation());
            case PATIENT_EVERYTHING, ENCOUNTER_EVERYTHING -> {
                LocalReference root = new LocalReference(exchange.type().name(), id);
                List<Map.Entry<String, String>> wanted = input(request).simple();
                yield search.answer(
                        "%s/$%s".formatted(root, route.operation().code()),
                        wanted,
                        everything.apply(root, wanted, visible, actor.subject()),
                        request);
            }
            case EVERYTHING_PART -> {
                List<Map.Entry<String, String>> link = input(request).simple();
                yield search.answer(
                        "%s/$%s"
                                .formatted(
                                        exchange.type().name(),
                                        route.operation().code()),
                        link,
                        everything.apply(link, visible, actor.subject()),
                        request);
            }
        };
    }

    private Answer own(Operation operation, OperationInput input, Actor actor) {
        OwnOperation performer = own.stream()
                .filter(candidate -> candidate.operation() == operation)
                .findAny()
                .orElseThrow(() -> new FhirProblemException(new FhirProblem.UnknownOperation(List.of())));
        ParametersAnswer answer = new ParametersAnswer();
        List<Entity> shown = performer.perform(actor, input.simple(), answer);
        return answer.answer().showing(shown);
    }

    private OperationInput input(FhirRequest request) {
        return OperationInput.of(request, config.maxBodySize().asLongValue());
    }

    private Answer meta(OperationInput input, Exchange exchange, String id, Actor actor) {
        input.requireNone();
        if (id != null) {
            StoredVersion version = read.apply(exchange, id);
            return Answer.of(200, meta.apply(version)).showing(List.of(Interactions.entity(version)));
        }
        List<String> whole = types.all().stream()
                .filter(type -> exchange == null ? isOwn(type) : type.equals(exchange.type()))
                .filter(type -> Policy.visibility(actor, type) instanceof Visibility.Everything)
                .map(HostedType::name)
                .toList();
        if (whole.isEmpty()) {
            // what labels there are tells of resources that the asker may not see
            throw new FhirProblemException(new FhirProblem.Forbidden(
                    "$" + Operation.META.code(),
                    Optional.ofNullable(exchange).map(e -> e.type().name()).orElse("any type")));
        }
        return Answer.of(200, meta.apply(whole));
    }

    private static boolean isOwn(HostedType type) {
        return type.hosting() != HostedType.Hosting.PROJECTED;
    }

    private Answer changed(FhirRequest request, Exchange exchange, String id, ResourcePatch change) {
        Written written = patch.apply(exchange, id, change, Preconditions.ifMatch(request));
        return Answer.of(200, meta.apply(written.version()))
                .of(written.version())
                .alreadyRecorded();
    }
}
