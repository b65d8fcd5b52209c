package org.carelog.testing.metadata;

import io.restassured.http.Method;
import java.util.UUID;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/** Tries every interaction of one type, and what the statement says of them. */
record TypeWalk(CapabilityStatementRestResourceComponent type, Instances instances, Asker asker, Untruths untruths) {
    private static final String PATCH = "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"en\"}]";

    void interactions() {
        Instance one = instances.any(type);
        int read = one.exists() ? 200 : 404;
        check(TypeRestfulInteraction.READ, asker.ask(Method.GET, one.address()), read);
        check(
                TypeRestfulInteraction.VREAD,
                asker.ask(Method.GET, one.address() + "/_history/" + one.versionId()),
                read);
        check(TypeRestfulInteraction.HISTORYINSTANCE, asker.ask(Method.GET, one.address() + "/_history"), read);
        check(TypeRestfulInteraction.HISTORYTYPE, asker.ask(Method.GET, name() + "/_history?_count=1"), 200);
        check(TypeRestfulInteraction.SEARCHTYPE, asker.ask(Method.GET, name() + "?_count=1"), 200);
        check(TypeRestfulInteraction.CREATE, sent(Method.POST, name(), instances.body(name(), null)), 201);
        check(TypeRestfulInteraction.UPDATE, sent(Method.PUT, one.address(), one.changed()), 200);
        check(
                TypeRestfulInteraction.PATCH,
                asker.ask(
                        Method.PATCH,
                        one.address(),
                        request -> request.contentType("application/json-patch+json")
                                .body(PATCH)),
                200);
        check(TypeRestfulInteraction.DELETE, asker.ask(Method.DELETE, one.address()), 204);
    }

    /** Conditional interactions, and ids that clients give. */
    void conditions() {
        Instance one = instances.any(type);
        String itself = name() + "?_id=" + one.id();
        if (one.exists()) {
            conditionalRead(one);
        }
        untruths.check(
                type.getConditionalCreate(),
                "conditional create of " + name(),
                asker.ask(
                        Method.POST,
                        name(),
                        request -> request.header("If-None-Exist", "_id=" + one.id())
                                .body(instances.body(name(), null))),
                200);
        untruths.check(
                type.getConditionalUpdate(),
                "conditional update of " + name(),
                sent(Method.PUT, itself, one.changed()),
                200);
        untruths.check(
                type.getConditionalDelete() == ConditionalDeleteStatus.SINGLE,
                "conditional delete of " + name(),
                asker.ask(Method.DELETE, itself),
                204);
        String own = UUID.randomUUID().toString();
        untruths.check(
                type.getUpdateCreate(),
                "update as create of " + name(),
                sent(Method.PUT, name() + "/" + own, instances.body(name(), own)),
                201);
    }

    private void conditionalRead(Instance one) {
        Answer read = asker.ask(Method.GET, one.address());
        ConditionalReadStatus status = type.getConditionalRead();
        boolean full = status == ConditionalReadStatus.FULLSUPPORT;
        untruths.check(
                true,
                "read of %s unless the version is known, which is %s,".formatted(name(), status),
                asker.ask(Method.GET, one.address(), request -> request.header("If-None-Match", read.header("ETag"))),
                full || status == ConditionalReadStatus.NOTMATCH ? 304 : 200);
        untruths.check(
                true,
                "read of %s unless the time is known, which is %s,".formatted(name(), status),
                asker.ask(
                        Method.GET,
                        one.address(),
                        request -> request.header("If-Modified-Since", read.header("Last-Modified"))),
                full || status == ConditionalReadStatus.MODIFIEDSINCE ? 304 : 200);
    }

    private void check(TypeRestfulInteraction interaction, Answer answer, int good) {
        untruths.check(Instances.lists(type, interaction), interaction.toCode() + " of " + name(), answer, good);
    }

    private Answer sent(Method method, String address, String body) {
        return asker.ask(method, address, request -> request.body(body));
    }

    private String name() {
        return type.getType();
    }
}
