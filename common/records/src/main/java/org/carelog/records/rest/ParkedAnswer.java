package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.carelog.audit.journal.Entity;
import org.carelog.events.ParkedEvent;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.FhirProblemException;
import org.carelog.records.interaction.Parked;

/** Answers an administrator about parked events. What the events hold is not told. */
@ApplicationScoped
class ParkedAnswer {
    private static final int MOST = 1000;
    private static final String ID = "id";

    private final Parked parked;

    ParkedAnswer(Parked parked) {
        this.parked = parked;
    }

    Answer list(OperationInput input) {
        input.requireNone();
        ParametersAnswer answer = new ParametersAnswer();
        parked.list(MOST).forEach(event -> write(answer, event));
        return answer.answer();
    }

    Answer redrive(OperationInput input) {
        ParkedEvent event = parked.find(id(input)).orElseThrow(ParkedAnswer::noSuch);
        String key = event.key()
                .orElseThrow(
                        () -> InvalidOperationParameter.refusal(ID, "the event has no key, it can only be discarded"));
        Parked.Result result = parked.redrive(event.channel(), key);
        ParametersAnswer answer = new ParametersAnswer();
        answer.values()
                .number("applied", result.redriven().applied())
                .number("parked", result.redriven().parked());
        return answer.answer().showing(result.applied());
    }

    Answer discard(OperationInput input) {
        ParkedEvent event = parked.discard(id(input)).orElseThrow(ParkedAnswer::noSuch);
        ParametersAnswer answer = new ParametersAnswer();
        write(answer, event);
        return answer.answer()
                .showing(event.subject().map(ParkedAnswer::entity).stream().toList());
    }

    private static FhirProblemException noSuch() {
        return InvalidOperationParameter.refusal(ID, "no event with this id is parked");
    }

    private static long id(OperationInput input) {
        List<Map.Entry<String, String>> given = input.simple();
        if (given.size() != 1
                || !given.getFirst().getKey().equals(ID)
                || !given.getFirst().getValue().matches("[1-9]\\d{0,17}")) {
            throw InvalidOperationParameter.refusal(ID, "the id of a parked event is expected, and nothing else");
        }
        return Long.parseLong(given.getFirst().getValue());
    }

    private static Entity entity(String subject) {
        int slash = subject.indexOf('/');
        return new Entity(subject.substring(0, slash), subject.substring(slash + 1), null, null);
    }

    private static void write(ParametersAnswer answer, ParkedEvent event) {
        ParametersAnswer.Values values = answer.thing("event")
                .number("id", event.id())
                .text("channel", event.channel())
                .text("topic", event.topic())
                .number("partition", event.partition())
                .number("offset", event.offset())
                .code("reason", event.reason())
                .time("parkedAt", event.parkedAt());
        event.subject().ifPresent(subject -> values.text("subject", subject));
        event.key().ifPresent(key -> values.text("key", key));
        event.detail().ifPresent(detail -> values.text("detail", detail));
    }
}
