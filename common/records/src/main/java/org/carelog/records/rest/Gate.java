package org.carelog.records.rest;

import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.carelog.access.Actor;
import org.carelog.access.Policy;
import org.carelog.access.Role;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.journal.Journal;
import org.carelog.audit.journal.JournalUnavailable;
import org.carelog.events.TraceContext;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.IncomingBundle;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Representation;
import org.carelog.records.interaction.Exchange;
import org.carelog.sql.SqlFailure;
import org.jboss.logging.Logger;

/**
 * The way of every request: who asks, what for, may they, do it, record it, answer. Before the journal has the entry,
 * nothing is answered; when it cannot have it, the answer is 503.
 */
@ApplicationScoped
class Gate {
    private static final Logger LOG = Logger.getLogger(Gate.class);

    private final Authentication authentication;
    private final HostedTypes types;
    private final Interactions interactions;
    private final BundleAnswer bundles;
    private final Journal journal;

    Gate(
            Authentication authentication,
            HostedTypes types,
            Interactions interactions,
            BundleAnswer bundles,
            Journal journal) {
        this.authentication = authentication;
        this.types = types;
        this.interactions = interactions;
        this.bundles = bundles;
        this.journal = journal;
    }

    Answer answer(FhirRequest request) {
        Answer answer;
        try (Scope _ = Traced.by(request).makeCurrent()) {
            answer = answer(new Progress(request), () -> authentication.actor(request));
        }
        Answer told = answer.status() < 400 ? answer : answer.in(Negotiation.representationOfProblem(request));
        return told.with("X-Request-Id", request.requestId());
    }

    private Answer answer(Progress progress, Supplier<Actor> asker) {
        FhirRequest request = progress.request;
        Answer answer = attempt(request, asker, progress);
        try {
            if (!answer.recorded()) {
                journal.record(access(progress, answer.status(), answer.entities()));
            }
        } catch (JournalUnavailable e) {
            if (!e.isFull()) {
                LOG.errorf("request not recorded, so not answered request=%s", request.requestId());
            }
            answer = Problems.answer(unrecorded(e));
        }
        return answer;
    }

    private Answer attempt(FhirRequest request, Supplier<Actor> asker, Progress progress) {
        try {
            journal.requireRoom();
            progress.actor = asker.get();
            progress.route = Route.of(request.method(), request.path(), types);
            return perform(progress);
        } catch (FhirProblemException e) {
            return refused(e.problem(), progress);
        } catch (JournalUnavailable e) {
            return refused(unrecorded(e), progress);
        } catch (SqlFailure e) {
            return refused(failure(e, e.isUnavailable(), request), progress);
        } catch (RuntimeException | Error e) {
            return refused(failure(e, false, request), progress);
        }
    }

    private static FhirProblem unrecorded(JournalUnavailable e) {
        return new FhirProblem.Unavailable(
                e.isFull() ? "The audit journal, which is full until Kafka takes some of it," : "The audit journal");
    }

    private Answer perform(Progress progress) {
        requirePermitted(progress);
        if (progress.route.isPostedSearch(progress.request)) {
            progress.request = progress.request.withForm(MediaTypes.form(progress.request));
        }
        FhirRequest request = progress.request;
        Representation wanted = progress.wanted();
        Answer answer = progress.route.isOfBundle()
                ? performBundle(request, progress)
                : interactions.perform(request, progress.route, progress.actor, receipt(progress));
        return answer.in(wanted);
    }

    private static void requirePermitted(Progress progress) {
        Route route = progress.route;
        if (progress.isEntry) {
            route.requireForOneService();
        }
        if (route.type() != null && !Policy.permits(progress.actor, route.action(), route.type())) {
            throw new FhirProblemException(
                    new FhirProblem.Forbidden(route.name(), route.type().name()));
        }
    }

    private Answer performBundle(FhirRequest request, Progress progress) {
        IncomingBundle bundle = interactions.bundle(request);
        progress.route = Route.ofBundle(bundle.interaction());
        BundleAnswer.Entries entries = new EntriesOf(progress.actor);
        return bundle.interaction() == Interaction.BATCH
                ? bundles.batch(request, bundle, entries)
                : bundles.transaction(
                        request, bundle, entries, receipt(progress), interactions.attachment(request, progress.actor));
    }

    /** An entry of a Bundle passes everything that a request passes but the token, which is the Bundle's. */
    private final class EntriesOf implements BundleAnswer.Entries {
        /** Of all answers together, which are one: as much as is taken of a Bundle by default. */
        private static final int MOST_BYTES = 12 << 20;

        private final Actor actor;
        private long answered;

        EntriesOf(Actor actor) {
            this.actor = actor;
        }

        @Override
        public Answer answer(FhirRequest entry) {
            Progress progress = Progress.ofEntry(entry, actor);
            Answer answer = Gate.this.answer(progress, this::whileThereIsRoom);
            answered += answer.body() == null ? 0 : answer.body().length;
            return answer;
        }

        private Actor whileThereIsRoom() {
            if (answered >= MOST_BYTES) {
                throw new FhirProblemException(new FhirProblem.AnswersTooLarge(MOST_BYTES));
            }
            return actor;
        }

        @Override
        public BundleAnswer.Permitted permitted(FhirRequest entry) {
            Progress progress = Progress.ofEntry(entry, actor);
            progress.route = Route.of(entry.method(), entry.path(), types);
            requirePermitted(progress);
            return new BundleAnswer.Permitted(
                    progress.route, interactions.exchange(progress.route, actor, receipt(progress), null));
        }
    }

    private static Exchange.Receipt receipt(Progress progress) {
        return (status, entities) -> access(progress, status, entities);
    }

    /** A refusal names in the journal what was asked for. */
    private static Answer refused(FhirProblem problem, Progress progress) {
        Route route = progress.route;
        Answer answer = Problems.answer(problem);
        return route == null || route.type() == null || route.id() == null
                ? answer
                : answer.showing(List.of(new Entity(route.type().name(), route.id(), null, null)));
    }

    private static FhirProblem failure(Throwable failure, boolean unavailable, FhirRequest request) {
        // the class and the frames only: a message may quote the record
        Throwable told = new Throwable(failure.getClass().getName());
        told.setStackTrace(failure.getStackTrace());
        LOG.errorf(told, "request failed request=%s", request.requestId());
        return unavailable ? new FhirProblem.Unavailable("The store") : new FhirProblem.Internal();
    }

    private static Access access(Progress progress, int status, List<Entity> entities) {
        FhirRequest request = progress.request;
        Route route = progress.route;
        return new AccessBuilder()
                .id(UUID.randomUUID())
                .at(request.at())
                .interaction(route == null ? "unknown" : route.interaction().code())
                .method(request.method())
                .agent(progress.actor == null ? Agent.ANONYMOUS : agent(progress.actor))
                .networkAddress(request.networkAddress())
                .requestId(request.requestId())
                .status(status)
                .entities(withCompartment(route, entities))
                .query(request.query())
                .resourceType(
                        route == null || route.type() == null
                                ? null
                                : route.type().name())
                .operation(
                        route == null || route.operation() == null
                                ? null
                                : route.operation().code())
                .traceparent(TraceContext.current().orElse(null))
                .build();
    }

    /** Whose compartment was searched is asked for, whatever was found in it. */
    private static List<Entity> withCompartment(Route route, List<Entity> entities) {
        if (route == null || route.compartment() == null) {
            return entities;
        }
        LocalReference root = route.compartment();
        if (entities.stream()
                .anyMatch(each -> each.type().equals(root.type()) && each.id().equals(root.id()))) {
            return entities;
        }
        String patient = root.type().equals("Patient") ? root.id() : null;
        List<Entity> all = new ArrayList<>(entities);
        all.add(new Entity(root.type(), root.id(), null, patient));
        return all;
    }

    private static Agent agent(Actor actor) {
        return new Agent(
                actor.subject(),
                actor.name(),
                actor.client(),
                actor.roles().stream().map(Role::claim).sorted().toList(),
                actor.tokenId());
    }

    /** How far a request came, for the journal. */
    private static final class Progress {
        private final boolean isEntry;
        private FhirRequest request;
        private Actor actor;
        private Route route;

        Progress(FhirRequest request) {
            this(request, false);
        }

        private Progress(FhirRequest request, boolean isEntry) {
            this.request = request;
            this.isEntry = isEntry;
        }

        /** @param actor of its Bundle */
        static Progress ofEntry(FhirRequest entry, Actor actor) {
            Progress progress = new Progress(entry, true);
            progress.actor = actor;
            return progress;
        }

        Representation wanted() {
            return isEntry ? Negotiation.representationInBundle(request) : Negotiation.representation(request);
        }
    }
}
