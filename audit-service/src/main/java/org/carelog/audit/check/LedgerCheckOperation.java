package org.carelog.audit.check;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.access.Actor;
import org.carelog.audit.checkpoint.Signing;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.Operation;
import org.carelog.proof.MalformedProof;
import org.carelog.proof.SignedNote;
import org.carelog.records.rest.OwnOperation;
import org.carelog.records.rest.ParametersAnswer;
import org.carelog.sql.Sql;

/** {@code $ledger-check}: a part of the ledger, or checkpoints that somebody has kept. Shows no entry. Thread-safe. */
@Singleton
final class LedgerCheckOperation implements OwnOperation {
    private final LedgerVerification ledger;
    private final OutsideCheck outside;
    private final Signing signing;
    private final Sql sql;

    LedgerCheckOperation(LedgerVerification ledger, OutsideCheck outside, Signing signing, Sql sql) {
        this.ledger = ledger;
        this.outside = outside;
        this.signing = signing;
        this.sql = sql;
    }

    @Override
    public Operation operation() {
        return Operation.LEDGER_CHECK;
    }

    @Override
    public List<Entity> perform(Actor actor, List<Map.Entry<String, String>> given, ParametersAnswer answer) {
        List<SignedNote> kept = values(given, "checkpoint").stream()
                .map(LedgerCheckOperation::note)
                .toList();
        if (kept.isEmpty()) {
            part(values(given, "next").stream().findFirst().map(CheckPlace::parse), answer);
        } else {
            outside.check(kept, signing.verifier())
                    .ifPresent(finding -> answer.values().text("finding", finding.toString()));
        }
        return List.of();
    }

    private static List<String> values(List<Map.Entry<String, String>> given, String name) {
        given.stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("next") && !key.equals("checkpoint"))
                .findFirst()
                .ifPresent(key -> {
                    throw InvalidOperationParameter.refusal(key, "is no parameter of this operation");
                });
        return given.stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static SignedNote note(String text) {
        try {
            return SignedNote.parse(text);
        } catch (MalformedProof e) {
            throw InvalidOperationParameter.refusal("checkpoint", "one is not in its form");
        }
    }

    private void part(Optional<CheckPlace> place, ParametersAnswer answer) {
        LedgerVerification.Part part = QuarkusTransaction.requiringNew().call(() -> {
            // what is added meanwhile is in all of the tables or in none
            sql.update("set transaction isolation level repeatable read, read only");
            return ledger.check(place.orElse(CheckPlace.BEGIN), signing.verifier());
        });
        part.findings().forEach(finding -> answer.values().text("finding", finding.toString()));
        answer.values()
                .number("leaves", part.reached().leaf())
                .number("events", part.reached().events());
        part.gone()
                .ifPresent(gone -> answer.values()
                        .number("gone", gone.leaves())
                        .time("goneBefore", gone.before())
                        .number("goneBy", gone.run()));
        if (!part.last()) {
            answer.values().text("next", part.reached().toString());
        }
    }
}
