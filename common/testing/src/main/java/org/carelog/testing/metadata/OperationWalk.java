package org.carelog.testing.metadata;

import io.restassured.http.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;

/** Tries R4's operations at some address, those that are listed and those that are not. */
record OperationWalk(Asker asker, Untruths untruths) {
    private static final List<String> OPERATIONS = List.of(
            "apply",
            "closure",
            "convert",
            "data-requirements",
            "document",
            "everything",
            "expand",
            "find",
            "graphql",
            "lastn",
            "lookup",
            "match",
            "meta",
            "meta-add",
            "meta-delete",
            "populate",
            "process-message",
            "stats",
            "submit",
            "subsumes",
            "translate",
            "validate",
            "validate-code",
            "versions");
    private static final int PARTS = 4;
    private static final String NOTHING_SAID = "{\"resourceType\":\"Parameters\"}";

    /** @param levels what stands before the operation: one of them at least serves what is listed */
    void at(List<CapabilityStatementRestResourceOperationComponent> operations, String... levels) {
        Set<String> listed = operations.stream()
                .map(CapabilityStatementRestResourceOperationComponent::getName)
                .collect(Collectors.toSet());
        Set<String> tried = new TreeSet<>(OPERATIONS);
        tried.addAll(listed);
        for (String operation : tried) {
            String what = "$%s at %s".formatted(operation, String.join(" or ", levels));
            if (listed.contains(operation)) {
                List<Answer> answers = Stream.of(levels)
                        .flatMap(level -> Stream.of(get(level + "$" + operation), post(level + "$" + operation)))
                        .toList();
                Answer best = answers.stream()
                        .filter(OperationWalk::isServed)
                        .findFirst()
                        .orElse(answers.getFirst());
                untruths.check(true, what, best, isServed(best) ? best.status() : 200);
            } else if (isTried(levels[0] + operation)) {
                untruths.check(false, what, get(levels[0] + "$" + operation));
                untruths.check(false, what, post(levels[levels.length - 1] + "$" + operation));
            }
        }
    }

    /** Of what is not listed a part is tried: another one at each address, and together all. */
    private static boolean isTried(String address) {
        return Math.floorMod(address.hashCode(), PARTS) == 0;
    }

    /** One that is served may miss a parameter. */
    private static boolean isServed(Answer answer) {
        return switch (answer.status()) {
            case 200 -> true;
            case 400, 422 -> !"not-supported".equals(answer.at("/issue/0/code"));
            default -> false;
        };
    }

    private Answer get(String address) {
        return asker.ask(Method.GET, address);
    }

    private Answer post(String address) {
        return asker.ask(Method.POST, address, request -> request.body(NOTHING_SAID));
    }
}
